"""Compares replay results (scenario TAB fault or "ok") with the list of scenarios not green yet, which only ever shrinks.

Usage: compare.py check|update|init LIST RESULTS
"""
import sys


def main(mode, list_path, results_path):
    with open(list_path, encoding="utf-8") as file:
        listed = {line.strip() for line in file if line.strip() and not line.startswith("#")}
    with open(results_path, encoding="utf-8") as file:
        # An answer that is no JSON may have brought its own line ends.
        results = [line.rstrip("\n").split("\t", 1) for line in file if "\t" in line]
    faults = {name: fault for name, fault in results if fault != "ok"}
    played = {name for name, _ in results}
    if mode == "init":
        listed = set(faults)
    elif mode == "update":
        # A name not played this time stays: --only may have left it out.
        listed -= played - set(faults)
    if mode != "check":
        with open(list_path, "w", encoding="utf-8") as file:
            file.writelines(f"{name}\n" for name in sorted(listed))

    broken = sorted(set(faults) - listed)
    green = sorted((listed & played) - set(faults))
    for name in broken:
        print(f"FAIL {name}\n     {faults[name]}")
    for name in green:
        print(f"PASS {name}\n     it is listed in not-yet-green.txt: run tests/Conformance/run.sh --update")
    waiting = len(set(faults) & listed)
    if waiting:
        print(f"{waiting} scenarios are known not to be green yet")
    failed = len(broken) + len(green)
    print(f"{len(played) - waiting - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main(*sys.argv[1:]))
