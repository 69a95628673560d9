# To be read by a script of this folder: shows a folder on whatever port is free, as $base, until the script ends.
serve() {
    said=$(mktemp -d)
    python3 "$TOOLS/serve.py" "$1" 0 >"$said/server" 2>&1 &
    server=$!
    trap 'kill $server 2>/dev/null || true; rm -rf "$said"' EXIT
    tries=0
    until base=$(sed -n 's,^\(http://[^ ]*\)/$,\1,p' "$said/server") && [ -n "$base" ]; do
        tries=$((tries + 1))
        if [ $tries -gt 100 ] || ! kill -0 $server 2>/dev/null; then
            echo "the server did not start:"
            cat "$said/server"
            exit 1
        fi
        sleep 0.1
    done
}
