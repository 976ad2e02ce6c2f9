"""A class in step: a teacher leads, the others follow, and a question is put to all.

What is here lives in the memory of one process and knows nothing of how messages travel
(``explorer/web/serving/class_endpoint.py``).
"""
