#!/bin/sh
# Takes a machine from whatever it is to a recipe: a unit of language models behind one proxy. Creating and changing are
# the same act; what serves goes on serving until what is new has given a token, and where that fails, nothing changes.
# Verbs, exit statuses and manifest: docs/decisions/0002-device-protocol.md and 0038 of cdktf-berth.
# What a user supplied reaches this script as data of the manifest, never as shell text.
set -eu
umask 022
# The session that started this may end; what was begun is brought to an end.
trap '' HUP PIPE
root="${BERTH_ROOT:-}"
unit=-
undo=
system="$root/etc/systemd/system"
patience="${BERTH_RETRY_SECONDS:-300}"
loading="${BERTH_HEALTH_SECONDS:-1800}"
draining="${BERTH_DRAIN_SECONDS:-600}"
day=86400
key_overlap_days=7

finish() {
	trap - EXIT
	if [ "$1" -ne 0 ]; then
		trap '' INT TERM
		for step in $undo; do "$step" || :; done
	fi
	rm -rf "$work"
	printf 'berth-device: %s %s: %s\n' "$verb" "$unit" "$2" || :
	exit "$1"
}

say() {
	printf 'berth-device: %s\n' "$1" >&2 || :
}

places() {
	home="$root/opt/berth/$unit"
	etc="$root/etc/berth/$unit"
	proxy="berth-proxy.$unit.service"
}

need() {
	for tool in "$@"; do
		command -v "$tool" >/dev/null 2>&1 || finish 4 "the machine has no $tool: install it"
	done
}

# One run at a time: a daily check, a deploy, and a deploy whose session was lost.
alone() {
	mkdir -p "$home"
	exec 9>"$home/lock"
	flock -n 9 || { say 'another run is at work: waiting for it'; flock -w 3600 9 || finish 5 'another run has been at work for an hour'; }
}

# A value of the manifest, which has one key a line. $1: blanks before the key, $2: key.
value() {
	sed -n "s/^$1\"$2\": \"\{0,1\}\([^\"]*[^\",]\)\"\{0,1\},\{0,1\}\$/\1/p" "$manifest"
}

# Whether a text is one line of a form. $1: form, $2: text
is_of_form() {
	[ "$(printf '%s\n' "$2" | grep -c '')" = 1 ] && printf '%s\n' "$2" | LC_ALL=C grep -Eqx -- "$1"
}

check() {
	is_of_form "$1" "$2" || finish 64 "the manifest has no valid $3"
}

# A key that all models have, or none. $1: key, $2: form
of_all_or_none() {
	value '      ' "$1" >"$work/$1"
	[ -s "$work/$1" ] || return 0
	[ "$(grep -Ecx "$2" "$work/$1")" = "$(grep -c '' "$models")" ] || finish 64 "the manifest has no valid $1"
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
	memory=$(value '  ' memoryMib)
	[ -z "$memory" ] || check '[1-9][0-9]*' "$memory" memoryMib
	for key in model sha256 contextTokens parallel api url; do
		value '      ' "$key" >"$work/$key"
	done
	models="$work/models"
	(cd "$work" && paste -d ' ' model sha256 contextTokens parallel api url) >"$models"
	form='[A-Za-z0-9][A-Za-z0-9._-]* [0-9a-f]{64} [0-9]+ [0-9]+ (chat|embeddings) https://[!-~]+'
	[ -s "$models" ] || finish 64 'the manifest has no models'
	if LC_ALL=C grep -Eqvx -- "$form" "$models"; then finish 64 'the manifest has no valid models'; fi
	of_all_or_none cacheRamMib '[0-9]+'
	of_all_or_none pooling 'file|cls|mean|last'
	places
}

has_hash() {
	[ "$(sha256sum <"$1" | cut -d ' ' -f 1)" = "$2" ]
}

size_of() {
	if [ -f "$1" ]; then stat -c %s "$1"; else echo 0; fi
}

# Downloads what is missing of a file. What may pass is tried again, with longer and longer pauses, until nothing has come
# for the time of patience; what will not pass ends at once. $1: file, $2: address
download() {
	need curl
	pause=1
	limit=$(($(date +%s) + patience))
	while :; do
		had=$(size_of "$1")
		code=0
		http=$(curl --fail --silent --show-error --location --globoff --proto =https --proto-redir =https --max-redirs 5 \
			--connect-timeout 20 --speed-limit 1024 --speed-time "${BERTH_STALL_SECONDS:-60}" --continue-at - \
			--write-out '%{http_code}' --output "$1" -- "$2" 2>"$work/said") || code=$?
		[ "$code" -ne 0 ] || return 0
		case "$code $http" in
		'22 416' | '33 '* | '36 '*) rm -f "$1" ;;
		'22 408' | '22 425' | '22 429' | '22 5'*) ;;
		22\ *) rm -f "$1"; finish 4 "$2 is refused with status $http" ;;
		'23 '*) rm -f "$1"; finish 4 "there is no room for $2 on the disk of $home" ;;
		'1 '* | '3 '* | '47 '* | '51 '* | '53 '* | '58 '* | '60 '* | '77 '*)
			finish 4 "$2 cannot be downloaded: $(tail -n 1 "$work/said")" ;;
		esac
		if [ "$(size_of "$1")" -gt "$had" ]; then
			limit=$(($(date +%s) + patience))
			pause=1
		fi
		if [ "$(date +%s)" -ge "$limit" ]; then
			finish 4 "$2 could not be downloaded for $patience seconds: $(tail -n 1 "$work/said")"
		fi
		say "$2: $(tail -n 1 "$work/said"); again in $pause s"
		sleep "$pause"
		[ "$pause" -ge 60 ] || pause=$((pause * 2))
	done
}

# Puts a verified file into the cache, on the disk where it stays. $1: file name, $2: hash, $3: address.
obtain() {
	target="$home/artifacts/$1"
	if [ -f "$target" ] && has_hash "$target" "$2"; then return; fi
	for sent in "$home/upload/$1" "$here/$1"; do
		[ -f "$sent" ] || continue
		chown "$(id -u)" "$sent"
		chmod 644 "$sent"
		if has_hash "$sent" "$2"; then
			mv "$sent" "$target"
			return
		fi
		rm -f "$sent"
		finish 3 "$1 has another hash"
	done
	[ "$uploaded" != true ] || finish 4 "$1 was not uploaded"
	resumed=$(size_of "$target.part")
	download "$target.part" "$3"
	if ! has_hash "$target.part" "$2" && [ "$resumed" -gt 0 ]; then
		# What was there may have been of another file.
		rm -f "$target.part"
		download "$target.part" "$3"
	fi
	has_hash "$target.part" "$2" || { rm -f "$target.part"; finish 3 "$1 has another hash: $3 holds another file"; }
	mv "$target.part" "$target"
}

# The machine code of the engine, where it is none of a script.
check_processor() {
	[ "$(head -c 4 "$1" | tail -c 3)" = ELF ] || return 0
	built=$(od -An -tx1 -j 18 -N 1 "$1" | tr -d ' ')
	case "$(uname -m) $built" in
	'x86_64 3e' | 'aarch64 b7') ;;
	*) finish 3 "the engine is built for another processor than $(uname -m)" ;;
	esac
}

install_engine() {
	obtain "$engine.tar.gz" "$engine" "$engine_url"
	if [ ! -d "$home/engine-$engine" ]; then
		rm -rf "$home/engine-new"
		mkdir "$home/engine-new"
		tar -xzf "$home/artifacts/$engine.tar.gz" -C "$home/engine-new" --no-same-owner --no-same-permissions ||
			finish 4 'the engine archive cannot be unpacked: see above for the reason'
		[ -z "$(find "$home/engine-new" ! -type f ! -type d ! -type l)" ] || finish 3 'the engine archive holds devices or pipes'
		chmod -R u-s,g-s,o-t,go-w "$home/engine-new"
		mv "$home/engine-new" "$home/engine-$engine"
	fi
	server=$(find "$home/engine-$engine" -name llama-server -type f | sed -n 1p)
	[ -n "$server" ] || finish 4 'the engine archive holds no llama-server'
	check_processor "$server"
	server="${server#"$root"}"
	ask_engine
}

# What a build knows, which it is asked once, as nobody, without a network. One that does not tell is judged by how it serves.
ask_engine() {
	knows="$home/engine-$engine/knows"
	if [ ! -s "$knows" ]; then
		systemd-run --quiet --pipe --wait --collect --property=DynamicUser=yes --property=PrivateNetwork=yes --property=RuntimeMaxSec=15 \
			--setenv="LD_LIBRARY_PATH=${server%/*}" "$server" --help >"$work/knows" 2>/dev/null </dev/null || :
		if grep -q -e '--ctx-size' "$work/knows"; then place "$work/knows" "$knows"; else knows="$work/knows"; fi
	fi
	[ -s "$home/engine-$engine/knows" ] || return 0
	needs='--alias --parallel --api-key-file --no-slots --offline'
	if grep -q embeddings "$work/api"; then needs="$needs --embeddings"; fi
	if [ -s "$work/cacheRamMib" ]; then needs="$needs --cache-ram"; fi
	for flag in $needs; do
		known "$flag" || finish 3 "the engine is of a build that does not know $flag: take a later one"
	done
}

# Whether a build says that it knows a flag, and a value of it. $1: flag, $2: what stands behind it
known() {
	grep -Eq -e "(^|[ ,])$1([ ,]|\$)${2:-}" "$knows"
}

# What would be as a build has it, and differs from one to the next. $1: api
explicit_flags() {
	if known --no-ui; then printf ' --no-ui'; else printf ' --no-webui'; fi
	if known --flash-attn '.*auto'; then printf ' --flash-attn auto'; fi
	# The context is what was sized, and not what fits.
	if known --fit '.*off'; then printf ' --fit off'; fi
	if [ "$1" = chat ] && known --jinja; then printf ' --jinja'; fi
	if known --gpu-layers; then
		if has_gpu; then printf ' --gpu-layers 999'; else printf ' --gpu-layers 0'; fi
	fi
}

has_gpu() {
	[ -e /dev/nvidiactl ] || [ -e /dev/nvhost-gpu ]
}

# A key and its certificate, which can serve this name and sign nothing. Clients that trust two tell them apart by their names.
# $1: file for both
new_pair() {
	case "$address" in
	*[!0-9.]*) name="DNS:$address" ;;
	*) name="IP:$address" ;;
	esac
	cat >"$work/openssl.cnf" <<-END
		[req]
		distinguished_name = name
		x509_extensions = server
		prompt = no
		[name]
		CN = berth $(date +%s)
		[server]
		basicConstraints = critical, CA:FALSE
		keyUsage = critical, digitalSignature
		extendedKeyUsage = serverAuth
		subjectKeyIdentifier = hash
		subjectAltName = $name
	END
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 825 -config "$work/openssl.cnf" \
		-keyout "$work/key" -out "$work/certificate" 2>/dev/null
	cat "$work/key" "$work/certificate" >"$1"
}

# Whether the certificate in use is for this address and lasts. $1: days
lasts() {
	openssl x509 -in "$etc/tls.pem" -noout -checkend "$(($1 * day))" >/dev/null 2>&1
}

for_this_address() {
	openssl x509 -in "$etc/tls.pem" -noout -ext subjectAltName 2>/dev/null | grep -Eqi -- ":$(echo "$address" | sed 's/\./[.]/g')(,|\$)"
}

signs_others() {
	openssl x509 -in "$etc/tls.pem" -noout -ext basicConstraints 2>/dev/null | grep -q CA:TRUE
}

# Of a cloud's machines, whose secrets come from its store.
is_of_cloud() {
	[ -f "$system/berth-host.timer" ]
}

# The next certificate is made 60 days before the end of the one in use, and is in the file of clients from then on. It is
# used 25 days later, or two days before the end.
renew_certificate() {
	if is_of_cloud && [ -s "$etc/tls.pem" ]; then
		# A pool has one, which its first machine renews.
		:
	elif ! for_this_address || ! lasts 0; then
		new_pair "$etc/tls.pem"
		rm -f "$etc/next.pem"
	elif ! lasts 60 || signs_others; then
		[ -s "$etc/next.pem" ] || new_pair "$etc/next.pem"
		if [ -n "$(find "$etc/next.pem" -mtime +24)" ] || ! lasts 2; then mv "$etc/next.pem" "$etc/tls.pem"; fi
	fi
	for pair in "$etc/tls.pem" "$etc/next.pem"; do
		[ ! -f "$pair" ] || openssl x509 -in "$pair"
	done >"$work/certificates"
	place "$work/certificates" "$home/certificate.pem"
	chmod 644 "$home/certificate.pem"
}

# Replaces a file at once. $1: new, $2: place
place() {
	if cmp -s "$1" "$2"; then return; fi
	cp "$1" "$2.new"
	mv "$2.new" "$2"
}

# The machine's own key and certificate, unless a secret store put them here before. Callers read `api-key`; the engine
# takes the one before it too, for as long as that counts.
ensure_secrets() {
	mkdir -p "$etc"
	chmod 700 "$etc"
	umask 077
	[ -s "$etc/api-key" ] || openssl rand -hex 32 >"$etc/api-key"
	find "$etc" -name api-key-before -mtime "+$((key_overlap_days - 1))" -exec rm -f {} +
	cat "$etc/api-key" >"$work/keys"
	[ ! -f "$etc/api-key-before" ] || cat "$etc/api-key-before" >>"$work/keys"
	place "$work/keys" "$etc/keys"
	renew_certificate
	umask 022
}

sandbox() {
	cat <<-END
		DynamicUser=yes
		Restart=always
		RestartSec=2
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

# $1: position, $2: model, $3: hash, $4: context of one sequence, $5: sequences, $6: api, $7: port on the loopback interface
engine_unit() {
	flags=$(explicit_flags "$6")
	# An input to embed must fit into one physical batch, whose default is 512 tokens.
	[ "$6" = chat ] || flags="$flags --embeddings --batch-size $4 --ubatch-size $4"
	cache=$(sed -n "$(($1 + 1))p" "$work/cacheRamMib")
	[ -z "$cache" ] || flags="$flags --cache-ram $cache"
	pooling=$(sed -n "$(($1 + 1))p" "$work/pooling")
	case "$pooling" in '' | file) ;; *) flags="$flags --pooling $pooling" ;; esac
	cat <<-END
		[Unit]
		Description=Berth $unit: $2
		StartLimitIntervalSec=0
		[Service]
		Type=exec
		Environment=LD_LIBRARY_PATH=${server%/*}
		LoadCredential=api-key:/etc/berth/$unit/keys
		ExecStart=$server --model /opt/berth/$unit/artifacts/$3.gguf --alias $2 --host 127.0.0.1 --port $7 --ctx-size $(($4 * $5)) --parallel $5 --api-key-file \${CREDENTIALS_DIRECTORY}/api-key --no-slots --offline$flags
		IPAddressDeny=any
		IPAddressAllow=127.0.0.1
		InaccessiblePaths=-/run/systemd/resolve
		OOMScoreAdjust=500
	END
	[ -z "$memory" ] || echo "MemoryMax=${memory}M"
	sandbox
	# A graphics processor is a device file: hide them only where there is none.
	has_gpu || echo PrivateDevices=yes
	printf '[Install]\nWantedBy=multi-user.target\n'
}

# The certificate lies where the proxy reads it when it is told to, which a credential is not.
proxy_unit() {
	cat <<-END
		[Unit]
		Description=Berth $unit: TLS
		StartLimitIntervalSec=0
		[Service]
		Type=exec
		RuntimeDirectory=berth-$unit
		ExecStartPre=+/bin/sh /opt/berth/$unit/berth-device.sh certificate $unit
		ExecStart=$(command -v nginx) -c /opt/berth/$unit/nginx.conf
		LimitNOFILE=16384
		IPAddressDeny=169.254.0.0/16
		PrivateDevices=yes
	END
	sandbox
	printf '[Install]\nWantedBy=multi-user.target\n'
}

# $1: sentence, $2: code
refusal() {
	printf '{"error":{"message":"%s","type":"berth_proxy","code":"%s"}}' "$1" "$2"
}

# $1: port of callers, $2: where the requests go: "proxy_pass http://…" or "return 503"
proxy_server() {
	cat <<-END
		  server {
		    listen $1 ssl;
		    default_type application/json;
		    error_page 502 503 504 =503 @unavailable;
		    error_page 404 @unknown;
		    error_page 429 @busy;
		    location = /health { $2; }
		    location /v1/ { $2; }
		    location / { return 404; }
		    location @unavailable {
		      add_header Berth-Recipe @RECIPE@ always;
		      add_header Retry-After 5 always;
		      return 503 '$(refusal 'the model is starting or being changed: try again' unavailable)';
		    }
		    location @busy {
		      add_header Retry-After 5 always;
		      return 429 '$(refusal 'too many connections from one address' too_many_connections)';
		    }
		    location @unknown {
		      return 404 '$(refusal 'only /v1/ and /health are served' not_found)';
		    }
		  }
	END
}

# Half-open requests end within seconds, and are far fewer than what a worker can hold.
proxy_configuration() {
	cat <<-END
		daemon off;
		pid /run/berth-$unit/nginx.pid;
		error_log stderr;
		worker_processes 2;
		worker_rlimit_nofile 16384;
		worker_shutdown_timeout ${draining}s;
		events { worker_connections 8192; }
		http {
		  access_log off;
		  server_tokens off;
		  client_max_body_size 32m;
		  client_header_timeout 10s;
		  client_body_timeout 30s;
		  send_timeout 60s;
		  keepalive_timeout 60s;
		  reset_timedout_connection on;
		  limit_conn_zone \$binary_remote_addr zone=callers:1m;
		  limit_conn callers 512;
		  limit_conn_status 429;
		  client_body_temp_path /run/berth-$unit/body;
		  proxy_temp_path /run/berth-$unit/proxy;
		  fastcgi_temp_path /run/berth-$unit/fastcgi;
		  uwsgi_temp_path /run/berth-$unit/uwsgi;
		  scgi_temp_path /run/berth-$unit/scgi;
		  proxy_http_version 1.1;
		  proxy_buffering off;
		  proxy_read_timeout 600s;
		  proxy_intercept_errors on;
		  add_header Berth-Recipe @RECIPE@ always;
		  ssl_protocols TLSv1.2 TLSv1.3;
		  ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;
		  ssl_certificate /run/berth-$unit/tls.pem;
		  ssl_certificate_key /run/berth-$unit/tls.pem;
	END
	cat
	echo '}'
}

# The configuration, and with what mark the proxy says that it follows it. $1: "open", or "closed" while engines change
proxy_file() {
	at=0
	while read -r _ _ listen _; do
		if [ "$1" = open ]; then to="proxy_pass http://127.0.0.1:$listen"; else to='return 503'; fi
		proxy_server "$((port + at))" "$to"
		at=$((at + 1))
	done <"$work/engines" | proxy_configuration >"$work/nginx"
	recipe=$(cat "$work/nginx" "$etc/tls.pem" | sha256sum | cut -c 1-12)
	sed "s/@RECIPE@/$recipe/" "$work/nginx" >"$work/nginx.conf"
}

# Whether anything listens on a port, or has a connection to it. $1: port, $2: 0A (listens) or 01 (connected)
socket() {
	cat "$root/proc/net/tcp" "$root/proc/net/tcp6" 2>/dev/null |
		awk -v port="$(printf ':%04X' "$1")" -v state="$2" \
			'$4 == state && substr($2, length($2) - 4) == port { found = 1 } END { exit !found }'
}

# A port of callers that somebody else has.
check_ports() {
	at=0
	while read -r _; do
		wanted=$((port + at))
		at=$((at + 1))
		for other in "$root/opt/berth/"*/nginx.conf; do
			if [ ! -f "$other" ] || [ "$other" = "$home/nginx.conf" ]; then continue; fi
			if grep -q "listen $wanted ssl;" "$other"; then
				other=${other%/nginx.conf}
				finish 3 "port $wanted is taken by the unit ${other##*/}: give one of them another port"
			fi
		done
		if ! grep -qs "listen $wanted ssl;" "$home/nginx.conf" && socket "$wanted" 0A; then
			finish 3 "port $wanted is taken by another program: end it, or choose another port"
		fi
	done <"$models"
}

# A port of the loopback interface for a new engine. $1: position
free_port() {
	for slot in 0 16 32 48; do
		listen=$((port + 10000 + slot + $1))
		if ! grep -Eqs -- "--port $listen " "$system/berth-engine."*.service && ! socket "$listen" 0A; then return; fi
	done
	finish 5 "no port is free for an engine near $listen"
}

# $1: service of an engine
port_of() {
	sed -n 's/^ExecStart=.* --port \([0-9]*\) .*/\1/p' "$system/$1"
}

# $1: port on the loopback interface
is_healthy() {
	curl --silent --fail --max-time 5 --output /dev/null "http://127.0.0.1:$1/health"
}

# Which engine serves each model. One that is there already stays as it is: another name, other weights, flags or keys are
# another engine. Lines of $work/engines: service, model, port, api, hash, new or kept
plan_engines() {
	mkdir -p "$work/units"
	: >"$work/engines"
	at=0
	while read -r model hash context parallel api _; do
		weights=$(stat -c %i:%Y "$home/artifacts/$hash.gguf")
		mark=$({ engine_unit "$at" "$model" "$hash" "$context" "$parallel" "$api" 0; echo "$weights"; cat "$etc/keys"; } | sha256sum | cut -c 1-12)
		service="berth-engine.$unit.$model.$mark.service"
		if [ -f "$system/$service" ]; then
			listen=$(port_of "$service")
			echo "$service $model $listen $api $hash kept" >>"$work/engines"
		else
			free_port "$at"
			engine_unit "$at" "$model" "$hash" "$context" "$parallel" "$api" "$listen" >"$work/units/$service"
			echo "$service $model $listen $api $hash new" >>"$work/engines"
		fi
		at=$((at + 1))
	done <"$models"
	proxy_unit >"$work/$proxy"
}

# Engines of this unit that are in no plan. One a line.
old_engines() {
	for old in "$system/berth-engine.$unit."*.service; do
		if [ -f "$old" ] && ! grep -q "^${old##*/} " "$work/engines"; then echo "${old##*/}"; fi
	done
}

# Whether the new engines fit beside those that serve. Nobody can tell of the memory of a graphics processor.
fits_beside() {
	! has_gpu || return 1
	free=$(sed -n 's/^MemAvailable: *\([0-9]*\) kB$/\1/p' "$root/proc/meminfo" 2>/dev/null) || :
	[ -n "$free" ] || return 0
	needed=0
	while read -r _ _ _ _ hash state; do
		[ "$state" = new ] || continue
		size=$(($(size_of "$home/artifacts/$hash.gguf") / 1024))
		# Weights that another engine has in memory are there once.
		if grep -qs "/$hash.gguf " "$system/berth-engine.$unit."*.service; then size=$((size / 5)); else size=$((size + size / 5)); fi
		needed=$((needed + size + 262144))
	done <"$work/engines"
	[ "$needed" -le "$free" ]
}

# What an engine said of its end. $1: service
last_words() {
	journalctl "_SYSTEMD_UNIT=$1" --lines 200 --output cat --no-pager 2>/dev/null >"$work/journal" || :
	{ grep -Ei 'error|fail|invalid|unknown|unable|abort|no such' "$work/journal" || cat "$work/journal"; } |
		tail -n 2 | tr '\n' ' ' | LC_ALL=C tr -cd '[:print:]' | cut -c 1-300
}

# Asks as a caller would: by name, over TLS, trusting only the unit's certificate. A key goes by standard input.
ask() {
	curl --silent --cacert "$home/certificate.pem" --connect-to "::127.0.0.1:" "$@" 2>/dev/null
}

# Waits until an engine has loaded its model. One that ends again and again is not waited for. $1: service, $2: model, $3: port
wait_for() {
	limit=$(($(date +%s) + loading))
	until is_healthy "$3"; do
		ended=$(systemctl show --property NRestarts --value "$1" 2>/dev/null) || :
		[ "${ended:-0}" -lt 3 ] || finish 5 "the engine of $2 ends at its start: $(last_words "$1")"
		[ "$(date +%s)" -lt "$limit" ] || finish 5 "$2 does not answer: $(last_words "$1")"
		sleep 1
	done
}

# A real token, or a vector. $1: address, $2: model, $3: api, $4: service, where it is asked itself
give_token() {
	case "$3" in
	chat)
		path=/v1/chat/completions what='token' proof='"completion_tokens": *[1-9]'
		body="{\"model\":\"$2\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"max_tokens\":1}"
		;;
	*)
		path=/v1/embeddings what='vector' proof='"embedding": *\[+ *-?[0-9]'
		body="{\"model\":\"$2\",\"input\":\"Hi\"}"
		;;
	esac
	status=$(printf 'header = "Authorization: Bearer %s"\n' "$(sed -n 1p "$etc/api-key")" |
		ask --config - --max-time 300 --header 'Content-Type: application/json' --data "$body" --output "$work/answer" \
			--write-out '%{http_code}' "$1$path") || status=000
	if [ "$status" != 200 ] || ! grep -Eq "$proof" "$work/answer"; then
		said=$(LC_ALL=C tr -cd '[:print:]' <"$work/answer" 2>/dev/null | cut -c 1-200) || :
		[ "$status" != 000 ] || [ -z "${4:-}" ] || said=$(last_words "$4")
		finish 5 "$2 gives no $what: it answers $status $said"
	fi
	: >"$work/answer"
}

put_certificate() {
	run="$root/run/berth-$unit"
	install -m 400 -o "$(stat -L -c %u "$run/.")" "$etc/tls.pem" "$run/tls.pem.new"
	mv "$run/tls.pem.new" "$run/tls.pem"
}

proxy_workers() {
	main=$(systemctl show --property=MainPID --value "$proxy") || main=
	[ "${main:-0}" = 0 ] || awk -v main="$main" '$4 == main { print $1 }' /proc/[0-9]*/stat 2>/dev/null || :
}

# Whether the proxy still answers somebody as it was configured before.
is_proxy_finishing() {
	[ -s "$work/workers" ] || return 1
	while read -r pid; do
		[ ! -d "/proc/$pid" ] || return 0
	done <"$work/workers"
	return 1
}

# Requests that run are answered by what they were sent to.
reload_proxy() {
	if systemctl is-active --quiet "$proxy"; then
		put_certificate
		proxy_workers >"$work/workers"
		systemctl kill --kill-who=main --signal=HUP "$proxy"
	else
		systemctl start "$proxy" || finish 5 "the proxy does not start: $(last_words "$proxy")"
	fi
}

# $1: "open" or "closed"
switch_proxy() {
	proxy_file "$1"
	if cmp -s "$work/nginx.conf" "$home/nginx.conf" && systemctl is-active --quiet "$proxy"; then return; fi
	if [ -f "$home/nginx.conf" ] && [ ! -f "$work/nginx.before" ]; then cp "$home/nginx.conf" "$work/nginx.before"; fi
	place "$work/nginx.conf" "$home/nginx.conf"
	reload_proxy
	limit=$(($(date +%s) + 30))
	until ask --max-time 20 --output /dev/null --dump-header - "https://$address:$port/health" | grep -qi "^berth-recipe: $recipe"; do
		[ "$(date +%s)" -lt "$limit" ] || finish 5 "the proxy does not take its configuration: $(last_words "$proxy")"
		sleep 1
	done
}

# Ends an engine once nobody waits for its answer. $1: service
drain() {
	listen=$(port_of "$1")
	limit=$(($(date +%s) + draining))
	while { is_proxy_finishing || socket "${listen:-0}" 01; } && [ "$(date +%s)" -lt "$limit" ]; do sleep 1; done
	systemctl stop "$1"
}

# What served before serves again.
undo_engines() {
	while read -r service model listen _ _ state; do
		[ "$state" = new ] || continue
		systemctl disable --now --quiet "$service" || :
		rm -f "$system/$service"
	done <"$work/engines"
	: >>"$work/stopped"
	while read -r service; do systemctl start "$service" || :; done <"$work/stopped"
	while read -r service; do
		limit=$(($(date +%s) + loading))
		until is_healthy "$(port_of "$service")" || [ "$(date +%s)" -ge "$limit" ]; do sleep 1; done
	done <"$work/stopped"
	if [ -f "$work/proxy.before" ]; then
		place "$work/proxy.before" "$system/$proxy"
		[ ! -f "$work/nginx.before" ] || place "$work/nginx.before" "$home/nginx.conf"
		systemctl kill --kill-who=main --signal=HUP "$proxy" || :
	else
		systemctl disable --now --quiet "$proxy" || :
		rm -f "$system/$proxy" "$home/nginx.conf"
	fi
	systemctl daemon-reload || :
}

# The others of a pool are asked from when its load balancer has seen that this machine's health fails, until when it answers.
leave_pool() {
	[ -f "$home/nginx.conf" ] || return 0
	sed 's|location = /health { proxy_pass [^;]*;|location = /health { return 503;|' "$home/nginx.conf" >"$work/leaving"
	cp "$home/nginx.conf" "$work/nginx.before"
	place "$work/leaving" "$home/nginx.conf"
	reload_proxy
	sleep "${BERTH_LEAVE_SECONDS:-20}"
}

# Starts what is new beside what serves, or, where memory does not allow that, in its place.
start_engines() {
	mkdir -p "$system"
	old_engines >"$work/old"
	[ ! -f "$system/$proxy" ] || cp "$system/$proxy" "$work/proxy.before"
	undo="undo_engines $undo"
	for file in "$work/units/"*.service "$work/$proxy"; do
		[ ! -f "$file" ] || place "$file" "$system/${file##*/}"
	done
	systemctl daemon-reload
	if grep -q ' new$' "$work/engines" && [ -s "$work/old" ] && ! fits_beside; then
		say 'the new models do not fit beside those that serve: callers are told to come back'
		if is_of_cloud; then leave_pool; fi
		switch_proxy closed
		while read -r service; do
			drain "$service"
			echo "$service" >>"$work/stopped"
		done <"$work/old"
	fi
	while read -r service _; do
		systemctl enable --quiet "$service"
		systemctl start "$service" || finish 5 "$service does not start: $(last_words "$service")"
	done <"$work/engines"
	while read -r service model listen api _; do
		wait_for "$service" "$model" "$listen"
		give_token "http://127.0.0.1:$listen" "$model" "$api" "$service"
	done <"$work/engines"
	systemctl enable --quiet "$proxy"
	switch_proxy open
}

# Only what is in no recipe any more goes: engines, programs, weights, what was sent and what is half there.
retire() {
	undo=
	while read -r service; do
		drain "$service"
		systemctl disable --quiet "$service"
		rm -f "$system/$service"
	done <"$work/old"
	systemctl daemon-reload
	for folder in "$home"/engine-*; do
		if [ "$folder" != "$home/engine-$engine" ]; then rm -rf "$folder"; fi
	done
	for file in "$home/artifacts/"*; do
		name=${file##*/}
		case "$name" in
		*.part | *.corrupt) rm -f "$file" ;;
		*) grep -q "^${name%.gguf}\$" "$work/sha256" || [ "$name" = "$engine.tar.gz" ] || rm -f "$file" ;;
		esac
	done
	rm -rf "$home/upload" "$home/marks" "$root/tmp/berth-$unit"
}

# Every day: weights are read again, and the certificate is renewed. Machines of a cloud have a timer of their own.
keep_daily() {
	! is_of_cloud || return 0
	cat >"$work/berth-daily.$unit.service" <<-END
		[Unit]
		Description=Berth $unit: daily check of weights, certificate and keys
		Wants=network-online.target
		After=network-online.target
		[Service]
		Type=oneshot
		ExecStart=/bin/sh /opt/berth/$unit/berth-device.sh maintain $unit
		Restart=on-failure
		RestartSec=1h
	END
	cat >"$work/berth-daily.$unit.timer" <<-END
		[Unit]
		Description=Berth $unit: daily check
		[Timer]
		OnCalendar=daily
		RandomizedDelaySec=1h
		Persistent=yes
		[Install]
		WantedBy=timers.target
	END
	place "$work/berth-daily.$unit.service" "$system/berth-daily.$unit.service"
	place "$work/berth-daily.$unit.timer" "$system/berth-daily.$unit.timer"
	systemctl daemon-reload
	systemctl enable --now --quiet "berth-daily.$unit.timer"
}

apply() {
	check_ports
	install_engine
	while read -r _ hash _ _ _ url; do obtain "$hash.gguf" "$hash" "$url"; done <"$models"
	ensure_secrets
	plan_engines
	start_engines
	retire
}

do_install() {
	read_manifest
	need sha256sum tar openssl nginx curl systemctl flock awk
	mkdir -p "$home/artifacts"
	alone
	# A unit that is only half there can be removed too.
	if [ "$here" != "$home" ]; then place "$here/berth-device.sh" "$home/berth-device.sh"; fi
	if [ "$here" != "$home" ]; then cp "$manifest" "$work/unit.json"; else cp "$home/unit.json" "$work/unit.json"; fi
	apply
	place "$work/unit.json" "$home/unit.json"
	keep_daily
}

do_verify() {
	read_manifest
	need curl sha256sum
	at=0
	limit=$(($(date +%s) + loading))
	while read -r model hash _ _ api _; do
		[ -f "$home/artifacts/$hash.gguf" ] || finish 4 "$hash.gguf is missing"
		has_hash "$home/artifacts/$hash.gguf" "$hash" || finish 3 "$hash.gguf has another hash"
		base="https://$address:$((port + at))"
		until ask --fail --max-time 20 --output /dev/null "$base/health" </dev/null; do
			[ "$(date +%s)" -lt "$limit" ] || finish 5 "$model does not answer"
			sleep 2
		done
		path=/v1/chat/completions
		[ "$api" = chat ] || path=/v1/embeddings
		status=$(ask --max-time 20 --output /dev/null --write-out '%{http_code}' --data '{}' "$base$path" </dev/null) || status=000
		[ "$status" = 401 ] || finish 5 "$model answers $status without the key instead of 401"
		give_token "$base" "$model" "$api"
		at=$((at + 1))
	done <"$models"
}

# Weights that are not what they were are not served. $work/corrupt has their hashes.
refuse_corrupt() {
	while read -r hash; do
		for file in "$system/berth-engine.$unit."*.service; do
			if grep -q "/$hash.gguf " "$file"; then systemctl stop "${file##*/}" || :; fi
		done
	done <"$work/corrupt"
}

do_maintain() {
	manifest="$home/unit.json"
	read_manifest
	need sha256sum tar openssl nginx curl systemctl flock awk
	alone
	: >"$work/corrupt"
	while read -r _ hash _; do
		file="$home/artifacts/$hash.gguf"
		if [ -f "$file" ] && has_hash "$file" "$hash"; then continue; fi
		say "$hash.gguf is not what it was: it is got again"
		echo "$hash" >>"$work/corrupt"
		[ ! -f "$file" ] || mv "$file" "$file.corrupt"
	done <"$models"
	[ ! -s "$work/corrupt" ] || undo=refuse_corrupt
	apply
}

do_rotate() {
	manifest="$home/unit.json"
	read_manifest
	! is_of_cloud || finish 64 'the key of this machine is in the secret store of its cloud: replace it there'
	alone
	[ ! -f "$etc/api-key-before" ] || [ -n "$(find "$etc/api-key-before" -mtime "+$((key_overlap_days - 1))")" ] ||
		finish 5 "the key was changed less than $key_overlap_days days ago, and the one before it still counts: wait, or remove /etc/berth/$unit/api-key-before first"
	mv "$etc/api-key" "$etc/api-key-before"
	touch "$etc/api-key-before"
	undo=unrotate
	apply
}

unrotate() {
	mv "$etc/api-key-before" "$etc/api-key"
}

do_remove() {
	for file in "$system/berth-daily.$unit.timer" "$system/berth-daily.$unit.service" "$system/$proxy" "$system/berth-engine.$unit."*.service; do
		if [ -f "$file" ]; then
			systemctl disable --now --quiet "${file##*/}"
			rm -f "$file"
		fi
	done
	systemctl daemon-reload
	rm -rf "$home" "$etc" "$root/tmp/berth-$unit"
}

named() {
	is_of_form '[a-z][a-z0-9-]{0,39}' "$1" || finish 64 'not the name of a unit'
	unit=$1
	places
}

main() {
	verb="${1:-}"
	if [ -z "$root" ] && [ "$(id -u)" -ne 0 ]; then exec sudo -n sh "$0" "$@"; fi
	here=$(dirname "$0")
	mkdir -p "$root/run"
	work=$(mktemp -d "$root/run/berth.XXXXXX")
	trap 'finish 5 "a command failed: see above"' EXIT
	trap 'exit 5' INT TERM
	[ "$#" -eq 2 ] || finish 64 'call with a verb and one argument'
	manifest=$2
	case "$verb" in
	install) do_install ;;
	verify) do_verify ;;
	maintain | rotate | remove | certificate)
		unit=$2
		named "$2"
		case "$verb" in
		maintain) do_maintain ;;
		rotate) do_rotate ;;
		remove) do_remove ;;
		certificate) put_certificate ;;
		esac
		;;
	*) finish 64 'the verb is none of install, verify, maintain, rotate and remove' ;;
	esac
	finish 0 ok
}

main "$@"
