"""Writes transcripts in the format `turns-bracket`: NAME [HH:MM:SS]: on a line, its text on the next line."""


def stamp(second):
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


def write(path, front_matter, turns):
    """turns: (speaker, whole second, text). A turn with speaker None has no header, as the first turn of some transcripts."""
    lines = [*front_matter, "Transcript"]
    for speaker, second, text in turns:
        if speaker is not None:
            lines.append(f"{speaker} [{stamp(second)}]:")
        lines.append(text)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
