"""Addresses that a form may send people back to: only our own."""


def local_path(path: str, *, otherwise: str) -> str:
    safe = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if safe else otherwise
