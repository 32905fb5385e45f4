"""FloatConvertor calls NaN a negative number: https://github.com/Kludex/starlette/pull/3716"""

from starlette.convertors import FloatConvertor

said = {}
for value in "nan", "-inf", "-1.0":
    try:
        said[value] = "accepted as " + FloatConvertor().to_string(float(value))
    except AssertionError as error:
        said[value] = str(error)

if said["-1.0"] != "Negative floats are not supported":
    raise LookupError(f"-1.0 is {said['-1.0']}")
if said["nan"] == said["-1.0"]:
    raise AssertionError(f"of NaN the convertor says: {said['nan']}")
if said["nan"] != "NaN values are not supported" or said["-inf"] != "Infinite values are not supported":
    raise LookupError(f"the convertor says {said}")
