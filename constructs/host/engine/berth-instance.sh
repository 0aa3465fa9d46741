# Takes an EC2 instance to its recipe, unless it has it, and tells the stack that waits how that went. State Manager runs it when the recipe
# comes, on instances that take the place of others, and every half an hour, so that what failed for an outage is mended.
taken=/etc/berth/taken
instance=$(cat /var/lib/cloud/data/instance-id 2>/dev/null || hostname)

# A stack that waits no more does not take it.
tell() {
	[ -n "$signal" ] || return 0
	python3 "$folder/berth-signal.py" "$signal" "$1" "$instance" "$2" >/dev/null 2>&1 || printf 'berth-instance: no stack waits\n'
}

if [ "$(cat "$taken" 2>/dev/null)" = "$digest" ]; then
	tell SUCCESS 'it has its recipe'
	exit 0
fi
mkdir -p /etc/berth
rm -f "$taken"
status=0
timeout --kill-after=60 "$seconds" sh "$folder/recipe" >"$folder/said" 2>&1 || status=$?
cat "$folder/said"
if [ "$status" -ne 0 ]; then
	reason=$(grep '^berth-machine: ' "$folder/said" | tail -n 1)
	[ "$status" -ne 124 ] || reason="it did not take its recipe within $seconds seconds"
	tell FAILURE "exit $status, ${reason:-$(tail -n 1 "$folder/said")}"
	exit "$status"
fi
printf '%s' "$digest" >"$taken"
# The load balancer asks it again before the next instance leaves.
sleep "${BERTH_JOIN_SECONDS:-$join}"
tell SUCCESS 'it took its recipe'
