#!/bin/sh
# Installs, verifies and removes one unit of language models on a machine.
# Protocol, exit statuses and manifest: docs/decisions/0002-device-protocol.md of cdktf-berth.
# What a user supplied reaches this script as data of the manifest, never as shell text.
set -eu
umask 022
root="${BERTH_ROOT:-}"
unit=-
renew_seconds=2592000
system="$root/etc/systemd/system"

finish() {
	echo "berth-device: $verb $unit: $2"
	exit "$1"
}

places() {
	home="$root/opt/berth/$unit"
	etc="$root/etc/berth/$unit"
}

need() {
	for tool in "$@"; do
		command -v "$tool" >/dev/null 2>&1 || finish 4 "the machine has no $tool: install it"
	done
}

# A value of the manifest, which has one key a line. $1: blanks before the key, $2: key.
value() {
	sed -n "s/^$1\"$2\": \"\{0,1\}\([^\"]*[^\",]\)\"\{0,1\},\{0,1\}\$/\1/p" "$manifest"
}

check() {
	printf '%s\n' "$2" | LC_ALL=C grep -Eqx -- "$1" || finish 64 "the manifest has no valid $3"
}

read_manifest() {
	[ -f "$manifest" ] || finish 64 "no manifest at $manifest"
	unit=$(value '  ' unit)
	check '[a-z][a-z0-9-]{0,39}' "$unit" unit
	check 1 "$(value '  ' protocol)" protocol
	address=$(value '  ' address)
	check '[A-Za-z0-9][A-Za-z0-9.-]*' "$address" address
	port=$(value '  ' port)
	check '[0-9]{4,5}' "$port" port
	engine=$(value '    ' sha256)
	check '[0-9a-f]{64}' "$engine" 'engine hash'
	engine_url=$(value '    ' url)
	check 'https://[!-~]+' "$engine_url" 'engine address'
	uploaded=$(value '  ' uploaded)
	for key in model sha256 contextTokens parallel api url; do
		value '      ' "$key" >"$work/$key"
	done
	models="$work/models"
	(cd "$work" && paste -d ' ' model sha256 contextTokens parallel api url) >"$models"
	form='[A-Za-z0-9][A-Za-z0-9._-]* [0-9a-f]{64} [0-9]+ [0-9]+ (chat|embeddings) https://[!-~]+'
	[ -s "$models" ] || finish 64 'the manifest has no models'
	if LC_ALL=C grep -Eqvx -- "$form" "$models"; then finish 64 'the manifest has no valid models'; fi
	value '      ' cacheRamMib >"$work/cache" # cacheRamMib
	value '      ' pooling >"$work/pooling" # cacheRamMib
	[ "$(grep -Ecx 'file|cls|mean|last' "$work/pooling")" = "$(grep -c '' "$models")" ] || finish 64 'the manifest has no valid pooling' # cacheRamMib
	[ "$(grep -Ecx '[0-9]+' "$work/cache")" = "$(grep -c '' "$models")" ] || finish 64 'the manifest has no valid cacheRamMib' # cacheRamMib
	places
}

has_hash() {
	[ "$(sha256sum <"$1" | cut -d ' ' -f 1)" = "$2" ]
}

# Puts a verified file into the cache. $1: file name, $2: hash, $3: address.
obtain() {
	target="$home/artifacts/$1"
	if [ -f "$target" ] && has_hash "$target" "$2"; then return; fi
	if [ "$uploaded" = true ]; then
		[ -f "$here/$1" ] || finish 4 "$1 was not uploaded"
		mv "$here/$1" "$target.part"
	else
		need curl
		curl --fail --silent --show-error --location --proto =https --proto-redir =https --retry 5 \
			--output "$target.part" -- "$3" || finish 4 "$3 could not be downloaded"
	fi
	has_hash "$target.part" "$2" || { rm -f "$target.part"; finish 3 "$1 has another hash"; }
	mv "$target.part" "$target"
}

install_engine() {
	obtain "$engine.tar.gz" "$engine" "$engine_url"
	if [ ! -d "$home/engine-$engine" ]; then
		rm -rf "$home"/engine-*
		mkdir "$home/engine-new"
		tar -xzf "$home/artifacts/$engine.tar.gz" -C "$home/engine-new" --no-same-owner
		mv "$home/engine-new" "$home/engine-$engine"
	fi
	server=$(find "$home/engine-$engine" -name llama-server -type f | head -n 1)
	[ -n "$server" ] || finish 4 'the engine archive holds no llama-server'
	server="${server#"$root"}"
}

# The machine's own key and certificate, unless a secret store put them here before.
ensure_secrets() {
	mkdir -p "$etc"
	chmod 700 "$etc"
	umask 077
	[ -s "$etc/api-key" ] || openssl rand -hex 32 >"$etc/api-key"
	case "$address" in
	*[!0-9.]*) name="DNS:$address" ;;
	*) name="IP:$address" ;;
	esac
	if ! { openssl x509 -in "$etc/tls.pem" -noout -checkend "$renew_seconds" &&
		openssl x509 -in "$etc/tls.pem" -noout -ext subjectAltName | grep -Fqi -- "${name#*:}"; } >/dev/null 2>&1; then
		openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 825 -subj '/CN=berth' \
			-addext "subjectAltName=$name" -keyout "$work/key" -out "$work/certificate" 2>/dev/null
		cat "$work/key" "$work/certificate" >"$etc/tls.pem"
	fi
	umask 022
}

sandbox() {
	cat <<-END
		DynamicUser=yes
		Restart=always
		RestartSec=5
		TimeoutStartSec=1800
		NoNewPrivileges=yes
		CapabilityBoundingSet=
		ProtectSystem=strict
		ProtectHome=yes
		ProtectClock=yes
		ProtectControlGroups=yes
		ProtectHostname=yes
		ProtectKernelLogs=yes
		ProtectKernelModules=yes
		ProtectKernelTunables=yes
		PrivateTmp=yes
		RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
		RestrictNamespaces=yes
		RestrictRealtime=yes
		RestrictSUIDSGID=yes
		LockPersonality=yes
		SystemCallArchitectures=native
		SystemCallFilter=@system-service
		UMask=0077
	END
}

# $1: position, $2: model, $3: hash, $4: context of one sequence, $5: sequences, $6: api
engine_unit() {
	listen=$((port + 10000 + $1))
	flags=
	# An input to embed must fit into one physical batch, whose default is 512 tokens.
	[ "$6" = chat ] || flags=" --embeddings --batch-size $4 --ubatch-size $4"
	flags="$flags --cache-ram $(sed -n "$(($1 + 1))p" "$work/cache")" # cacheRamMib
	pooling=$(sed -n "$(($1 + 1))p" "$work/pooling") # cacheRamMib
	[ "$pooling" = file ] || flags="$flags --pooling $pooling" # cacheRamMib
	cat <<-END
		[Unit]
		Description=Berth $unit: $2
		StartLimitIntervalSec=0
		[Service]
		Type=exec
		Environment=LD_LIBRARY_PATH=${server%/*}
		LoadCredential=api-key:/etc/berth/$unit/api-key
		ExecStart=$server --model /opt/berth/$unit/artifacts/$3.gguf --alias $2 --host 127.0.0.1 --port $listen --ctx-size $(($4 * $5)) --parallel $5 --api-key-file \${CREDENTIALS_DIRECTORY}/api-key --no-slots --no-webui --offline$flags
		ExecStartPost=/bin/sh -c 'until curl --silent --fail --output /dev/null http://127.0.0.1:$listen/health; do sleep 1; done'
		IPAddressDeny=any
		IPAddressAllow=localhost
	END
	sandbox
	# A graphics processor is a device file: hide them only where there is none.
	if [ ! -e /dev/nvidiactl ] && [ ! -e /dev/nvhost-gpu ]; then echo PrivateDevices=yes; fi
	printf '[Install]\nWantedBy=multi-user.target\n'
}

proxy_unit() {
	cat <<-END
		[Unit]
		Description=Berth $unit: TLS
		StartLimitIntervalSec=0
		[Service]
		Type=exec
		RuntimeDirectory=berth-$unit
		LoadCredential=tls.pem:/etc/berth/$unit/tls.pem
		ExecStart=$(command -v nginx) -c /opt/berth/$unit/nginx.conf
		PrivateDevices=yes
	END
	sandbox
	printf '[Install]\nWantedBy=multi-user.target\n'
}

proxy_server() {
	upstream="http://127.0.0.1:$((port + 10000 + $1))"
	cat <<-END
		  server {
		    listen $((port + $1)) ssl;
		    location = /health { proxy_pass $upstream; }
		    location /v1/ { proxy_pass $upstream; }
		    location / { return 404; }
		  }
	END
}

proxy_configuration() {
	cat <<-END
		daemon off;
		pid /run/berth-$unit/nginx.pid;
		error_log stderr;
		events {}
		http {
		  access_log off;
		  server_tokens off;
		  client_max_body_size 32m;
		  client_body_temp_path /run/berth-$unit/body;
		  proxy_temp_path /run/berth-$unit/proxy;
		  fastcgi_temp_path /run/berth-$unit/fastcgi;
		  uwsgi_temp_path /run/berth-$unit/uwsgi;
		  scgi_temp_path /run/berth-$unit/scgi;
		  proxy_http_version 1.1;
		  proxy_buffering off;
		  proxy_read_timeout 600s;
		  ssl_protocols TLSv1.2 TLSv1.3;
		  ssl_certificate /run/credentials/berth-proxy.$unit.service/tls.pem;
		  ssl_certificate_key /run/credentials/berth-proxy.$unit.service/tls.pem;
	END
	cat "$work/servers"
	echo '}'
}

write_services() {
	mkdir -p "$system" "$work/units"
	at=0
	: >"$work/servers"
	while read -r model hash context parallel api _; do
		engine_unit "$at" "$model" "$hash" "$context" "$parallel" "$api" >"$work/units/berth-engine.$unit.$model.service"
		proxy_server "$at" >>"$work/servers"
		at=$((at + 1))
	done <"$models"
	proxy_unit >"$work/units/berth-proxy.$unit.service"
	proxy_configuration >"$work/nginx.conf"
}

# Restarts a service only when something it is made of changed. $1: service, $2…: files it is made of
settle() {
	service=$1
	shift
	mark=$(cat "$@" | sha256sum)
	if [ -f "$home/marks/$service" ] && [ "$(cat "$home/marks/$service")" = "$mark" ]; then
		systemctl start "$service" || finish 5 "$service did not become healthy"
	else
		systemctl restart "$service" || finish 5 "$service did not become healthy"
		echo "$mark" >"$home/marks/$service"
	fi
}

start_services() {
	for old in "$system/berth-engine.$unit."*.service; do
		if [ -f "$old" ] && [ ! -f "$work/units/${old##*/}" ]; then
			systemctl disable --now "${old##*/}"
			rm -f "$old" "$home/marks/${old##*/}"
		fi
	done
	cp "$work/units/"*.service "$system/"
	cp "$work/nginx.conf" "$home/nginx.conf"
	systemctl daemon-reload
	for file in "$work/units/berth-engine."*.service; do
		systemctl enable --quiet "${file##*/}"
		settle "${file##*/}" "$file" "$etc/api-key"
	done
	systemctl enable --quiet "berth-proxy.$unit.service"
	settle "berth-proxy.$unit.service" "$work/units/berth-proxy.$unit.service" "$home/nginx.conf" "$etc/tls.pem"
}

do_install() {
	read_manifest
	need sha256sum tar openssl nginx curl systemctl
	mkdir -p "$home/artifacts" "$home/marks"
	install_engine
	while read -r _ hash _ _ _ url; do obtain "$hash.gguf" "$hash" "$url"; done <"$models"
	ensure_secrets
	write_services
	start_services
	for file in berth-device.sh unit.json; do
		if [ "$here" != "$home" ]; then cp "$here/$file" "$home/$file"; fi
	done
	for file in "$home/artifacts/"*.gguf; do
		name=${file##*/}
		grep -q "${name%.gguf}" "$models" || rm -f "$file"
	done
}

# Asks as a caller would: by name, over TLS, trusting only the unit's certificate. The key goes by standard input.
ask() {
	curl --silent --cacert "$etc/tls.pem" --connect-to "::127.0.0.1:" --max-time 20 "$@" 2>/dev/null
}

do_verify() {
	read_manifest
	need curl sha256sum
	at=0
	deadline=$(($(date +%s) + ${BERTH_HEALTH_SECONDS:-600}))
	while read -r model hash _ _ api _; do
		[ -f "$home/artifacts/$hash.gguf" ] || finish 4 "$hash.gguf is missing"
		has_hash "$home/artifacts/$hash.gguf" "$hash" || finish 3 "$hash.gguf has another hash"
		base="https://$address:$((port + at))"
		until ask --fail --output /dev/null "$base/health" </dev/null; do
			[ "$(date +%s)" -lt "$deadline" ] || finish 5 "$model does not answer"
			sleep 2
		done
		path=/v1/chat/completions
		[ "$api" = chat ] || path=/v1/embeddings
		status=$(ask --output /dev/null --write-out '%{http_code}' --data '{}' "$base$path" </dev/null) || status=000
		[ "$status" = 401 ] || finish 5 "$model answers $status without the key instead of 401"
		printf 'header = "Authorization: Bearer %s"\n' "$(cat "$etc/api-key")" |
			ask --fail --config - "$base/v1/models" | grep -Fq "\"$model\"" || finish 5 "$model is not served"
		at=$((at + 1))
	done <"$models"
}

do_remove() {
	printf '%s\n' "$unit" | LC_ALL=C grep -Eqx '[a-z][a-z0-9-]{0,39}' || finish 64 'not the name of a unit'
	places
	for file in "$system/berth-proxy.$unit.service" "$system/berth-engine.$unit."*.service; do
		if [ -f "$file" ]; then
			systemctl disable --now "${file##*/}"
			rm -f "$file"
		fi
	done
	systemctl daemon-reload
	rm -rf "$home" "$etc" "$root/tmp/berth-$unit"
}

main() {
	verb="${1:-}"
	if [ -z "$root" ] && [ "$(id -u)" -ne 0 ]; then exec sudo -n sh "$0" "$@"; fi
	here=$(dirname "$0")
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	[ "$#" -eq 2 ] || finish 64 'call with a verb and one argument'
	manifest=$2
	case "$verb" in
	install) do_install ;;
	verify) do_verify ;;
	remove)
		unit=$2
		do_remove
		;;
	*) finish 64 'the verb is none of install, verify and remove' ;;
	esac
	finish 0 ok
}

main "$@"
