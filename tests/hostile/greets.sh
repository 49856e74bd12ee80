#!/bin/sh
# A server that answers `initialize`, and only that. What it does then is its argument.
answer() {
    id=$(printf '%s' "$1" | sed 's/.*"id":\([0-9]*\).*/\1/')
    printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},' "$id"
    printf '"serverInfo":{"name":"greets","version":"1"}}}\n'
}

while read -r line; do
    case $line in
        *'"initialize"'*)
            answer "$line"
            eval "$1"
            ;;
    esac
done
