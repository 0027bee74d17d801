"""Measures the analysis beside what a user would pick instead: ``make evaluate``.

Not part of the product: the baselines need packages of the ``dev`` extra.
"""
