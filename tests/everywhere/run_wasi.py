"""Runs a program for WASI in wasmtime, and prints what it prints: python run_wasi.py program.wasm."""

import importlib.metadata
import sys

from wasmtime import Engine, ExitTrap, Linker, Module, Store, WasiConfig

if sys.argv[1] == "--version":
    print(importlib.metadata.version("wasmtime"))
    sys.exit()
engine = Engine()
store = Store(engine)
config = WasiConfig()
config.inherit_stdout()
store.set_wasi(config)
linker = Linker(engine)
linker.define_wasi()
instance = linker.instantiate(store, Module.from_file(engine, sys.argv[1]))
try:
    instance.exports(store)["_start"](store)
except ExitTrap as end:
    sys.exit(end.code)
