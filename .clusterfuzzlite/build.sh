#!/usr/bin/env bash
# Builds the fuzz targets for ClusterFuzzLite and OSS-Fuzz: into $OUT go the targets, their seeds, words and options.
# `server` needs a server of its own, and stays at home.
set -euo pipefail
cd "$SRC/mcp-litmus"

triple=$(rustc -vV | sed -n 's/^host: //p')
built=${CARGO_TARGET_DIR:-fuzz/target}/$triple/release
read -r -a targets <<< "$(cargo fuzz list | grep -vx server | tr '\n' ' ')"

# A folder of its own: what a campaign has added to fuzz/corpus/ is no seed.
seeds=$(mktemp -d)
trap 'rm -rf "$seeds"' EXIT
# The flags of the image are meant for the targets, not for what makes their seeds.
RUSTFLAGS="" CFLAGS="" ci/fuzz-seeds "$seeds"

for name in "${targets[@]}"; do
    cargo fuzz build -O "$name"
    cp "$built/$name" "$OUT/"
    cp "fuzz/options/$name.options" "$seeds/dictionaries/$name.dict" "$OUT/"
    (cd "$seeds/corpus/$name" && zip --quiet --recurse-paths "$OUT/${name}_seed_corpus.zip" .)
done
