@echo off
py "%~dp0serve.py" || (echo Python 3 is needed: https://www.python.org/downloads/ & pause)
