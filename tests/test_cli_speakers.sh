# --speakers: a layer of speakers over transcripts and saved alignments.
. "$(dirname "$0")/lib.sh"

cat >talk.srt <<'TEXT'
1
00:00:00,000 --> 00:00:04,000
Who left the oven on? I did, at noon.

2
00:00:04,000 --> 00:00:07,000
It is still hot.
TEXT
cat >who.rttm <<'TEXT'
SPEAKER talk 1 0.00 2.50 <NA> <NA> Ines <NA> <NA>
SPEAKER talk 1 2.50 4.60 <NA> <NA> Otto <NA> <NA>
TEXT

expect 0 find talk.srt --speakers who.rttm --speaker otto --expand turn
out_has 'Otto: [I did, at noon. It is still hot.]'
expect 0 export talk.srt --speakers who.rttm --to vtt
out_has '<v Ines>Who left the oven on?'
out_has '<v Otto>I did, at noon.'
expect 0 info talk.srt --speakers who.rttm
out_has 'Ines: 1 turn, 5 words'
expect 0 export talk.srt --speakers who.rttm --to text
check 'the text is the same' diff talk.srt - <<<"$out"

expect 0 export talk.srt --speakers who.rttm --to json -o talk.json
expect 0 find talk.json --speaker ines
out_has 'Ines'
expect 0 export talk.json --to text
check 'the text is still the same' diff talk.srt - <<<"$out"
printf '0\t7\tMara\n' >labels.txt
expect 0 find talk.json --speakers labels.txt --speaker mara
err_has '2 turns have another speaker in the transcript'

expect 1 find who.rttm --phrase oven
err_has 'has no words'
err_has '--speakers'
expect 1 find talk.srt --speakers talk.srt
err_has 'no segments with the name of a speaker'
expect 1 find talk.srt --speakers missing.rttm
expect 5 find talk.srt --speakers who.rttm -o who.rttm
expect 2 drift --list list.csv --speakers who.rttm
err_has '--speakers is for one episode'
finish
