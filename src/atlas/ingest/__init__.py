"""The doors in: delivered files become typed tables by declaration; nothing inferred, nothing dropped."""
