"""The ten slowest tests of `make test`, from the reports that pytest wrote."""

import sys
from xml.etree import ElementTree


def main(reports):
    tests = [test for report in reports for test in ElementTree.parse(report).iter("testcase")]
    print("\nThe ten slowest tests, in seconds of the clock:")
    for test in sorted(tests, key=lambda test: -float(test.get("time")))[:10]:
        print(f"{float(test.get('time')):7.1f}  {test.get('classname')}: {test.get('name')}")


if __name__ == "__main__":
    main(sys.argv[1:])
