# The sound of an archive's episodes: passages that recur, and voices of speakers without a name.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox
needs_acoustic

# say FILE VOICE TEXT
say() {
    espeak-ng -v "$2" -s 150 -w "said.wav" "$3"
    sox -G said.wav -r 22050 -c 1 "$1" pad 0.4 0.4
}
advert='Try the brand new kettle from Henderson and sons. It boils faster, it sings louder, and it never ever leaks. Only this week, at half the usual price.'
ann_one='I grew up beside the harbour, and every morning my father rowed us across to the little school. We learned the names of all the seabirds before we learned to write. In winter the ice would hold the boats for weeks at a time.'
ann_two='The workshop opened again in spring, with twelve apprentices and a borrowed lathe. Nobody knew whether the orders would come. Then a hotel asked for ninety oak chairs, and suddenly we were baking bread at midnight to stay awake.'
bob='Let me stop you there, because listeners keep asking about the lighthouse. Was it really painted yellow, or is that just a story that people tell about your grandmother? And who paid for the enormous lamp in the end?'
say a1.wav en-us+f3 "$ann_one"
say a2.wav en-us+f3 "$ann_two"
say b.wav en-gb+m7 "$bob"
say ad.wav en-us "$advert"
sox a1.wav ad.wav b.wav one.wav
sox ad.wav a2.wav two.wav
printf 'Ann Lee:\n%s\n\nAnnouncer:\n%s\n\nBob Stone:\n%s\n' "$ann_one" "$advert" "$bob" >one.txt
printf 'Announcer:\n%s\n\nSpeaker 1:\n%s\n' "$advert" "$ann_two" >two.txt
printf 'audio,transcript\none.wav,one.txt\ntwo.wav,two.txt\n' >list.csv
expect 0 archive add list.csv --archive a.db -q

expect 3 archive repeats --archive a.db
err_has "; to analyse more episodes, type 'soundbite archive listen --archive a.db'"
expect 3 archive voices --archive a.db
err_has "; to analyse more episodes, type 'soundbite archive listen --archive a.db'"
expect 0 archive listen --archive a.db
err_has 'analysed 2 episodes, 0 failed'
expect 0 archive listen --archive a.db -n
err_has 'would analyse 0 episodes'

expect 0 archive repeats --archive a.db --json
check 'one passage in two episodes' test "$(wc -l <<<"$out")" = 2
out_has '"episode": "two"'
out_has '"from": 0.000000'
expect 0 archive repeats 1 Kettles --archive a.db
expect 0 archive repeats --archive a.db
out_has 'Kettles, 2 places'
expect 0 archive repeats 1 Other --archive a.db -n
err_has "would name passage 1 'Other'"
expect 0 archive repeats --archive a.db
out_has 'Kettles, 2 places'
expect 3 archive repeats 2 Nothing --archive a.db
err_has 'there is no passage 2'
expect 2 archive repeats one Name --archive a.db
err_has 'the number of a passage'

# What is in an ad is not found by accident.
expect 3 search 'kettle from Henderson' --archive a.db
err_has 'occurs only in passages that recur'
expect 0 search 'kettle from Henderson' --archive a.db --repeats --json
check 'both are found' test "$(wc -l <<<"$out")" = 2
expect 0 search 'ninety oak chairs' --archive a.db

expect 0 archive alias 'ann*' 'Ann M. Lee' --archive a.db
expect 0 archive voices --archive a.db --json
out_has '"suggestion": "Ann M. Lee"'
expect 0 archive alias 'ann*' '' --archive a.db
expect 0 archive voices --archive a.db --json
out_has '"speaker": "Speaker 1", "suggestion": "Ann Lee", "heard_in": "one"'
expect 0 archive get two --archive a.db
out_has '"speaker": "Speaker 1"'
expect 0 archive voices --accept --archive a.db
err_has 'renamed 1 speaker'
expect 0 archive get two --archive a.db
out_has '"speaker": "Ann Lee"'
expect 3 archive voices --archive a.db
err_has 'no speaker without a name sounds like a named one'
err_lacks 'to analyse more episodes'
expect 0 search chairs --speaker 'ann*' --archive a.db
expect 0 archive check --archive a.db

# An episode that is replaced is heard again, the others are not.
cp a.db replaced.db
sed 's/harbour/harbor/' one.txt >new-one.txt
printf 'audio,transcript\none.wav,new-one.txt\ntwo.wav,two.txt\n' >new-list.csv
expect 0 archive add new-list.csv --archive replaced.db -q
expect 0 archive listen --archive replaced.db -n
err_has 'would analyse 1 episode'

# batch leaves ads out, unless they are asked for.
expect 0 batch a.db -o no-ads --speaker Announcer --no-certificate --repeats
check 'both ads' test "$(wc -l <no-ads/manifest.jsonl)" = 2
expect 3 batch a.db -o only-ads --speaker Announcer --no-certificate
err_has 'all matches are in passages that recur in several episodes, such as ads; add --repeats to cut them'
err_has '2 matches left out'
expect 0 batch a.db -o some --no-certificate --expand turn
err_has '2 matches left out'
check 'the others are cut' test "$(wc -l <some/manifest.jsonl)" = 3
# Also where the transcript is a saved alignment.
expect 0 archive get one --archive a.db -o one.json
printf 'audio,transcript\none.wav,one.json\n' >saved.csv
expect 3 batch saved.csv --archive a.db -o saved --speaker Announcer --no-certificate
err_has '1 match left out'
# From another folder, only the audio of the episodes can be read.
mkdir elsewhere apart
cp a.db apart
cd elsewhere || exit 1
expect 0 search 'ninety oak chairs' --archive ../apart/a.db --verify --json
out_has '"heard": "'
cd ..
mv two.wav gone.wav
expect 0 search 'ninety oak chairs' --archive a.db --verify --json
out_has '"heard": null, "unchecked": "the audio is not there"'
err_has '0 heard, 0 doubtful, 1 not checked'
mkdir two.wav
expect 0 search 'ninety oak chairs' --archive a.db --verify
out_has 'two.wav: no permission to read it; change its permissions)'
rmdir two.wav
cp one.wav two.wav
expect 0 search 'ninety oak chairs' --archive a.db --verify
out_has '(not checked: the audio has changed since it was aligned)'
mv gone.wav two.wav

# --verify: in the alignments of a and b, the words are not heard.
mkdir v
seabirds='I grew up beside the harbour, and every morning my father rowed us across to the little school. We learned the names of all the seabirds before we learned to write. In winter the ice would hold the boats for weeks at a time. My mother sold bread and honey at the market on Saturdays.'
for e in a b c d e; do
    printf 'Ann Lee:\nEpisode %s begins here. %s\n' $e "$seabirds" >v/$e.txt
    say v/$e.wav en-us+f3 "Episode $e begins here. $seabirds"
    expect 0 align v/$e.wav v/$e.txt -q -o v/$e.json
    rm v/$e.txt
done
not_heard() {
    sed -i -E 's/\{"text": "(hold|the|boats)", "start": [0-9.]+, "end": [0-9.]+, "confidence": [0-9.]+, "status": "[a-z]+"/{"text": "\1", "start": null, "end": null, "confidence": 0.000, "status": "not_heard"/g' "$@"
}
not_heard v/a.json v/b.json
check 'words are not heard' grep -q not_heard v/a.json
expect 0 archive add v --archive v.db -q
# shown NAMES ARGUMENTS...: the search shows these episodes in this order.
shown() {
    local names=$1
    shift
    expect 0 search "$@" --archive v.db --verify --json
    check "these episodes in this order: $names" test "$(sed 's/.*"episode": "\([^"]*\)".*/\1/' .out | tr -d '\n')" = "$names"
}
expect 0 search 'hold the boats' --archive v.db --json
order=$(sed 's/.*"episode": "\([^"]*\)".*/\1/' .out | tr -d '\nab')
first=${order:0:1} second=${order:1:1} third=${order:2:1}
shown "$order" 'hold the boats'
err_has '3 heard, 0 doubtful, 0 not checked; 2 left out, because the text was not heard there; without --verify, all are listed'
err_lacks 'these are the best'
shown "$first$second" 'hold the boats' --limit 2
err_has '2 heard, 0 doubtful, 0 not checked'
err_has 'these are the best 2 of about 5 places'
expect 0 search 'hold the boats' --archive v.db --limit 2
err_lacks doubtful
err_has 'these are the best 2 of about 5 places'
expect 3 search 'hold the boats' --archive v.db --verify --episode a
err_has "'hold the boats' was not heard at 1 place; without --verify, all are listed"
expect 3 search 'hold the boats' --archive v.db --verify --episode a --episode b
err_has 'was not heard at any of 2 places; without --verify, all are listed'
# What a limit leaves out is not called all.
expect 3 search 'hold the boats' --archive v.db --verify --episode a --episode b --limit 1
err_has 'was not heard at any of 2 places'
err_lacks 'all are listed'
not_heard v/c.json v/d.json v/e.json
expect 0 archive add v --archive w.db -q
expect 3 search 'hold the boats' --archive w.db --verify --limit 1
err_has "'hold the boats' was not heard at any of the first 3 of about 5 places; a larger --limit checks more"
expect 3 search 'hold the boats' --archive w.db --verify --limit 2
err_has 'was not heard at any of 5 places'
err_lacks 'all are listed'
# What was heard comes before what could not be checked.
mv "v/$first.wav" gone.wav
shown "$second$third$first" 'hold the boats'
err_has '2 heard, 0 doubtful, 1 not checked; 2 left out'
expect 0 search 'hold the boats' --archive v.db --verify --to csv
check 'the header' test "$(head -1 .out | tr -d '\r')" = id,audio,transcript,from,until,episode,date,who,phrase,heard
check 'what was heard' test "$(sed '1d; s/\r$//; s/.*,/,/' .out | tr -d '\n')" = ,heard,heard,
# Also by sound, more places than the limit are checked, when the words are not found as they are spelled.
mv "v/$second.wav" v/a.wav v/b.wav .
for how in '' --sound; do
    # shellcheck disable=SC2086
    expect 0 search hunny --archive v.db --verify --json --limit 2 $how
    check "the only one that can be heard: $how" test "$(head -1 .out | grep -o '"episode": "."')" = "\"episode\": \"$third\""
    err_has '1 heard, 0 doubtful, 1 not checked'
done

# Episodes that are there already get what was heard from the other archive.
expect 0 archive add list.csv --archive c.db -q
expect 0 archive merge a.db --archive c.db
err_has 'added or replaced 0 episodes'
expect 0 archive listen --archive c.db -n
err_has 'would analyse 0 episodes'

# They go with the episode when archives are joined, and away when it is removed.
expect 0 archive merge a.db --archive b.db
expect 0 archive repeats --archive b.db
out_has '2 places'
expect 0 archive remove one --archive a.db
expect 3 archive repeats --archive a.db

finish
