#!/usr/bin/env bash
# npm ro-crate 3.7.2: without a network, validate() reports properties as missing that are there.
# A guess: a crate that refers to the official context by its address is checked with the copy of that context in the
# package, or the result says that nothing was checked. In fact validate() fetches the context; where this fails it adds
# a warning, resolves no term, and then calls each required property missing. In a build without a network a good
# crate fails, and the errors name the crate, not the network.
#
# Seen:
#   warning contextUrlNotFound
#   warning hasContext
#   error rootDatasetType
#   error nameRequired
#   error descriptionRequired
#   error datePublishedRequired
#   error licenseRequired
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
npm_packages ro-crate@3.7.2

# fetch fails as it does without a network.
cat > validate.js <<'END'
globalThis.fetch = async () => {
  throw new TypeError('fetch failed');
};
console.error = () => {};
const {validate} = require('ro-crate');

const license = {'@id': 'https://spdx.org/licenses/CC0-1.0'};
const crate = {
  '@context': 'https://w3id.org/ro/crate/1.1/context',
  '@graph': [
    {
      '@id': 'ro-crate-metadata.json',
      '@type': 'CreativeWork',
      conformsTo: {'@id': 'https://w3id.org/ro/crate/1.1'},
      about: {'@id': './'},
    },
    {
      '@id': './',
      '@type': 'Dataset',
      name: 'An example',
      description: 'A crate without files',
      datePublished: '2026-11-30',
      license,
    },
    {...license, '@type': 'CreativeWork', name: 'CC0 1.0', description: 'No rights reserved'},
  ],
};
validate(JSON.stringify(crate)).then(results => {
  for (const {status, id} of results.filter(result => result.status !== 'success')) {
    console.log(status, id);
  }
});
END
node validate.js > out
seen out
