#!/usr/bin/env bash
# s3rver 3.7.1 with @aws-sdk/client-s3 3.1175.0: PutObject of a stream stores the frames of the upload in the object.
# A guess: a server that accepts an upload with 200 has stored the body. The SDK sends a stream as aws-chunked with a
# checksum behind it (its default since 2025), which this server does not decode; it answers 200 all the same. A text as
# body is sent in one piece and stored as it is, so a first test does not show it.
#
# Seen:
#   text:   "hello\n"
#   stream: "6\r\nhello\n\r\n0\r\nx-amz-checksum-crc32:NjowIA==\r\n\r\n"
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
npm_packages s3rver@3.7.1 @aws-sdk/client-s3@3.1175.0

cat > put.mjs <<'END'
import {createReadStream, mkdirSync, writeFileSync} from 'node:fs';
import {GetObjectCommand, PutObjectCommand, S3Client} from '@aws-sdk/client-s3';
import S3rver from 's3rver';

mkdirSync('store');
writeFileSync('file', 'hello\n');
const server = new S3rver({
  address: '127.0.0.1', port: 0, silent: true, directory: 'store', configureBuckets: [{name: 'bucket'}],
});
const {port} = await server.run();
const client = new S3Client({
  endpoint: `http://127.0.0.1:${port}`,
  region: 'us-east-1',
  forcePathStyle: true,
  credentials: {accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER'},
});
for (const [title, Body] of [['text:  ', 'hello\n'], ['stream:', createReadStream('file')]]) {
  await client.send(new PutObjectCommand({Bucket: 'bucket', Key: 'key', Body}));
  const got = await client.send(new GetObjectCommand({Bucket: 'bucket', Key: 'key'}));
  console.log(title, JSON.stringify(await got.Body.transformToString()));
}
process.exit(0);
END
node --no-warnings put.mjs > out
seen out
