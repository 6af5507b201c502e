"""Whether every area has its building blocks: who lives within reach of what, and what state that makes.

`reach` measures distances and capacity, `states` judges a cell by the council's dated norms. All of it is pure: a
"what if" is the same functions on other arrays.
"""
