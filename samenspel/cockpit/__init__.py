"""The door of policy: role advice, portfolio, framework and agenda at work; the role conversation for everyone."""
