# Takes a machine of a cloud to its recipe, which lies beside this script with what it is taken there by. What an upgrade or a
# first boot left half done is finished here; what may pass is tried again. The last line says why, where it does not work.
system=/etc/systemd/system
lib=/usr/local/lib/berth
patience="${BERTH_RETRY_SECONDS:-900}"

# The reason goes to both streams: clouds show one of them.
finish() {
	printf 'berth-machine: %s\n' "$2"
	printf 'berth-machine: %s\n' "$2" >&2
	exit "$1"
}

# A machine whose first boot failed in something is mended below.
await_first_boot() {
	command -v cloud-init >/dev/null 2>&1 || return 0
	timeout 1800 cloud-init status --wait >/dev/null 2>&1 || :
}

lacks_programs() {
	for tool in nginx curl openssl; do
		command -v "$tool" >/dev/null 2>&1 || return 0
	done
	case " $packages " in *' python3-boto3 '*) python3 -c 'import boto3' 2>/dev/null || return 0 ;; esac
	return 1
}

install_packages() {
	lacks_programs || return 0
	pause=5
	limit=$(($(date +%s) + patience))
	# Names of packages are words of their own.
	# shellcheck disable=SC2086
	until apt-get -q update >"$next/apt.log" 2>&1 &&
		DEBIAN_FRONTEND=noninteractive apt-get -q --yes -o DPkg::Lock::Timeout=600 install $packages >"$next/apt.log" 2>&1; do
		[ "$(date +%s)" -lt "$limit" ] || finish 4 "the packages of the distribution cannot be installed: $(grep '^E:' "$next/apt.log" | tail -n 1)"
		sleep "$pause"
		[ "$pause" -ge 60 ] || pause=$((pause * 2))
	done
	systemctl disable --now nginx.service || :
}

# The first boot restarts a machine whose kernel is older than the modules of the driver.
check_driver() {
	[ "$accelerator" = cuda ] || return 0
	for _ in 1 2 3 4 5 6; do
		if said=$(nvidia-smi 2>&1); then return; fi
		sleep "${BERTH_DRIVER_SECONDS:-20}"
	done
	finish 4 "the driver of the graphics processor does not run: $(printf '%s' "$said" | tail -n 1)"
}

# Of releases up to 0.1.0, the service installed what its folder held, at every boot.
keep_services() {
	systemctl stop berth-host.timer berth-keys.timer berth-host.service berth-keys.service >/dev/null 2>&1 || :
	mkdir -p /etc/berth "$lib"
	mv "$next/secrets.json" /etc/berth/secrets.json
	mv "$next/berth-secrets.py" "$next/berth_store.py" "$lib/"
	mv "$next/berth-host.service" "$next/berth-host.timer" "$next/berth-keys.service" "$next/berth-keys.timer" "$system/"
	rm -f "$lib/berth-device.sh" "$lib/unit.json" "$lib/berth-signal.py"
	systemctl daemon-reload
}

take_to_recipe() {
	await_first_boot
	install_packages
	check_driver
	keep_services
	python3 "$lib/berth-secrets.py" /etc/berth/secrets.json || finish 4 'the secrets of the host cannot be had: see above for the reason'
	for verb in install verify; do
		status=0
		sh "$next/berth-device.sh" "$verb" "$next/unit.json" >"$next/said" 2>&1 || status=$?
		cat "$next/said"
		[ "$status" -eq 0 ] || finish "$status" "$(grep '^berth-device: ' "$next/said" | tail -n 1)"
	done
	systemctl enable --quiet --now berth-host.timer berth-keys.timer
}

take_to_recipe
