# scripts/slurm: a batch as a job array of a real Slurm on this machine, which runs in namespaces of its own. One shard is
# killed the first time. The result must be that of one process.
. "$(dirname "$0")/lib.sh"
needs espeak-ng sox
skip_all() {
    echo "skipped: $1"
    exit 77
}
for program in sbatch slurmctld slurmd munged unshare; do
    PATH=$PATH:/usr/sbin command -v $program >/dev/null || skip_all "there is no $program"
done
[[ $(id -u) == 0 ]] || skip_all "Slurm's daemons need root"
unshare --uts --pid --fork --mount-proc true 2>/dev/null || skip_all "this system allows no namespaces"
make_episode
mkdir lists
mv episode.wav episode.txt lists
for name in second third fourth; do
    cp lists/episode.wav lists/$name.wav
done
{
    echo id,audio,transcript,phrase
    for name in episode second third fourth; do
        printf '%s-%s,%s.wav,episode.txt,%s\n' $name a $name water $name b $name bridges
    done
} >lists/show.csv
expect 0 batch lists/show.csv -o one -q

# Kills itself when it does shard 2 for the first time.
cat >program <<PROGRAM
#!/bin/bash
if [[ "\$*" == *'--shard 2/3'* && ! -e $folder/killed ]]; then
    touch $folder/killed
    kill -9 \$\$
fi
exec $soundbite "\$@"
PROGRAM
chmod +x program

cat >slurm.sh <<'SLURM'
set -e
export PATH=$PATH:/usr/sbin
hostname bench
mkdir slurm slurm/state slurm/spool
head -c 128 /dev/urandom >slurm/key
chmod 600 slurm/key
munged --force --key-file="$PWD/slurm/key" --socket="$PWD/slurm/munge" --pid-file="$PWD/slurm/munged.pid" \
    --log-file="$PWD/slurm/munged.log" --seed-file="$PWD/slurm/seed" 2>/dev/null
cat >slurm/slurm.conf <<CONF
ClusterName=bench
SlurmctldHost=bench(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$PWD/slurm/munge
CredType=cred/munge
StateSaveLocation=$PWD/slurm/state
SlurmdSpoolDir=$PWD/slurm/spool
SlurmctldPidFile=$PWD/slurm/slurmctld.pid
SlurmdPidFile=$PWD/slurm/slurmd.pid
SlurmctldLogFile=$PWD/slurm/slurmctld.log
SlurmdLogFile=$PWD/slurm/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SwitchType=switch/none
MpiDefault=none
SchedulerParameters=sched_interval=1,batch_sched_delay=0
NodeName=bench NodeAddr=127.0.0.1 CPUs=2 RealMemory=500 State=UNKNOWN
PartitionName=all Nodes=bench Default=YES State=UP
CONF
export SLURM_CONF=$PWD/slurm/slurm.conf
slurmctld
slurmd
for _ in $(seq 100); do
    [ "$(sinfo -h -o %T 2>/dev/null)" != idle ] || break
    sleep 0.1
done
[ "$(sinfo -h -o %T 2>/dev/null)" = idle ] || { tail -n 5 slurm/*.log; exit 77; }
SOUNDBITE=$PWD/program timeout 300 "$1/scripts/slurm/submit" -n 3 -w "${@:2}"
SLURM
on_slurm() {
    rm -rf slurm
    unshare --uts --pid --fork --mount-proc bash slurm.sh "$source_dir" "$@" >.out 2>.err
    code=$?
    out=$(cat .out)
    err=$(cat .err)
}
on_slurm batch lists/show.csv -o many
[[ $code != 77 ]] || skip_all "Slurm does not start here: $out"
check 'all is done' test "$code" = 0
out_has 'shards 1-3'
out_has '3 shards, 2 tries'
check 'a shard was killed' test -e killed
for kind in jsonl csv; do
    check "the joined manifest.$kind is the whole" cmp <(sed 's#many/#one/#' many/manifest.$kind) one/manifest.$kind
done
check 'the clips are the same' cmp <(cd one && sha256sum -- *.mp3) <(cd many && sha256sum -- *.mp3)

# The same again keeps all clips.
stat -c '%n %Y' many/*.mp3 >before
on_slurm batch lists/show.csv -o many
check 'done again' test "$code" = 0
check 'no clip was made again' cmp before <(stat -c '%n %Y' many/*.mp3)
check 'the manifest is still whole' cmp <(sed 's#many/#one/#' many/manifest.jsonl) one/manifest.jsonl

# An archive is made in parts, and merged.
printf 'audio,transcript\nlists/episode.wav,lists/episode.txt\nlists/later.wav,lists/episode.txt\n' >pairs.csv
sox lists/episode.wav lists/later.wav pad 1
on_slurm archive add pairs.csv --archive many.db
check 'the archive is done' test "$code" = 0
expect 0 archive add pairs.csv --archive one.db -q
expect 0 archive list --archive one.db --json
whole=$out
expect 0 archive list --archive many.db --json
check 'it has the same episodes' test "$out" = "$whole"

# A shard that cannot begin does not stop the others.
mv lists/fourth.wav kept.wav
on_slurm batch lists/show.csv -o some
check 'rows failed' test "$code" = 1
check 'the others are joined' test "$(grep -c . some/manifest.jsonl)" = "$(grep -vc '"fourth"' one/manifest.jsonl)"
mv kept.wav lists/fourth.wav
on_slurm batch missing.csv -o nothing
check 'it ends' test "$code" = 1

# A shard in which a row would overwrite its input exits with 5 too, and its other clips count.
cat >own.csv <<'LIST'
id,audio,transcript,phrase,output
good,lists/episode.wav,lists/episode.txt,twenty years,{id}.wav
episode,lists/episode.wav,lists/episode.txt,hardest part,{id}.wav
LIST
input=$(sha256sum <lists/episode.wav)
on_slurm batch own.csv -o lists
check 'a row failed' test "$code" = 1
check 'the input is whole' test "$(sha256sum <lists/episode.wav)" = "$input"
check 'the clip that was made is in the manifest' grep -q 'good.wav' lists/manifest.jsonl

# What is never there is said, and what is wrong to type too.
rm killed
printf '#!/bin/bash\nkill -9 $$\n' >program
on_slurm -t 2 batch lists/show.csv -o none
check 'its code says so' test "$code" = 137
out_has 'not joined: 3 shards were killed 2 times'
check 'no manifest is joined' test ! -e none/manifest.jsonl
refuses() {
    SOUNDBITE=$soundbite "$source_dir/scripts/slurm/submit" "$@" >.out 2>.err
    code=$?
    err=$(cat .err)
    check "refused: $*" test "$code" = 2
}
refuses batch lists/show.csv
err_has 'the output is missing'
refuses -n 0 batch lists/show.csv -o x
err_has 'from 1 to 99999'
refuses batch lists/show.csv -o x --shard 1/2
err_has 'leave it out'
refuses find lists/show.csv
err_has "unknown command 'find'"

finish
