# The library does not mention the command line, and the program knows an option for every field that an error names.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs python3

cat >check.py <<'PYTHON'
import pathlib, re, sys

source = pathlib.Path(sys.argv[1]) / "src"
LITERALS = re.compile(r'"(?:[^"\\\n]|\\.)*"(?:\s*"(?:[^"\\\n]|\\.)*")*')
COMMAND_LINE = re.compile(r"^--[a-z]|[ (;]--?[a-z]|soundbite (align|archive|batch|clip|drift|export|find|info|remap|verify)\b|\binstall\b")
options = "".join(p.read_text() for name in ("options.c", "option_table.c") for p in source.rglob(name))
known = set(re.findall(r'\.(?:off_)?field = "([a-z_]+)"', options))
wrong = []
for path in sorted(source.rglob("*.c")):
    if "cli" in path.relative_to(source).parts:
        continue
    text = "\n".join("" if line.lstrip().startswith("#include") else line for line in path.read_text().split("\n"))
    for match in LITERALS.finditer(text):
        body = "".join(re.findall(r'"((?:[^"\\\n]|\\.)*)"', match[0]))
        if COMMAND_LINE.search(body):
            wrong.append(f"{path}: {body}")
    for call in re.findall(r"sb_error_set_field\(\s*\w+,\s*\w+,\s*([^;]*?),\s*(?:NULL|[\w>.-]+),\s*\"", text):
        for fields in re.findall(r'"([^"]*)"', call):
            wrong += [f"{path}: no option has the field {f}" for f in fields.split(",") if f not in known]
for pair in re.findall(r'"([a-z_]+,[a-z_]+)"', "".join(p.read_text() for p in source.rglob("option_conflicts.c"))):
    wrong += [f"no option has the field {f}" for f in pair.split(",") if f not in known]
print("\n".join(wrong))
sys.exit(bool(wrong))
PYTHON

# finds MESSAGE TEXT: a library with the line TEXT is refused with MESSAGE.
finds() {
    mkdir -p tree/src/{base,cli}
    echo '{.name = "copy", .field = "copy"}' >tree/src/cli/options.c
    echo 'sb_error_set(err, SB_ERR_IO, "use --copy");' >tree/src/cli/a.c
    printf '%s\n' "$2" >tree/src/base/a.c
    err=$(python3 check.py tree) && fail "accepted: $2"
    err_has "$1"
}
finds 'cut without --copy' 'sb_error_set(err, SB_ERR_IO, "cut without --copy");'
finds '-f overwrites it' 'sb_error_set(err, SB_ERR_IO, "exists; -f overwrites it");'
finds 'soundbite align' "sb_error_set(err, SB_ERR_IO, \"make one with 'soundbite align'\");"
finds 'install ffmpeg' 'sb_error_set(err, SB_ERR_IO, "install ffmpeg");'
finds 'no option has the field fade' 'sb_error_set_field(err, SB_ERR_IO, "copy,fade", NULL, "conflict");'

check 'the library does not mention the command line' python3 check.py "$source_dir"
finish
