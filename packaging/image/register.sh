#!/bin/sh
# Fills in the config examples for the containers and POSTs them to Connect.
#   register.sh            waits for Connect, creates the dataset, registers both connectors
#   register.sh fill FILE  prints one example filled in
set -eu

connect=http://127.0.0.1:8083
bigquery=http://127.0.0.1:9050
project=tributary-demo
dataset=shop
examples=${EXAMPLES:-/examples}

fill() {
  sed -e 's|@{postgres.host}|postgres|' \
    -e 's|@{postgres.port}|5432|' \
    -e 's|@{postgres.user}|postgres|' \
    -e "s|@{postgres.password}|${POSTGRES_PASSWORD:?the password of the postgres service}|" \
    -e 's|@{postgres.database}|shop|' \
    -e "s|@{bigquery.project}|$project|" \
    -e "s|@{bigquery.dataset}|$dataset|" \
    -e 's|@{bigquery.location}|EU|' \
    -e "s|@{bigquery.rest}|$bigquery|" \
    -e 's|@{bigquery.grpc}|127.0.0.1:9060|' "$1"
}

post() {
  wget -q -O - --header 'Content-Type: application/json' --post-data "$1" "$2"
  echo
}

if [ "${1:-}" = fill ]; then
  fill "$2"
  exit 0
fi

until wget -q -O /dev/null "$connect/connectors" && wget -q -O /dev/null "$bigquery/bigquery/v2/projects/$project/datasets"; do
  echo "waiting for Connect and the emulator"
  sleep 2
done
if ! wget -q -O /dev/null "$bigquery/bigquery/v2/projects/$project/datasets/$dataset"; then
  post "{\"datasetReference\": {\"projectId\": \"$project\", \"datasetId\": \"$dataset\"}, \"location\": \"EU\"}" \
    "$bigquery/bigquery/v2/projects/$project/datasets"
fi
post "$(fill "$examples/postgres-source.json")" "$connect/connectors"
post "$(fill "$examples/bigquery-sink-emulator.json")" "$connect/connectors"
