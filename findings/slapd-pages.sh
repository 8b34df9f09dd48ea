#!/usr/bin/env bash
# slapd 2.5.13 (Debian 2.5.13+dfsg-5): its limit of 500 entries a search counts over all pages of a paged search.
# A guess: pages of 100 are the way to read more than the limit, since each page is a request and an answer of its own
# (RFC 2696). In fact the sixth page is refused with sizeLimitExceeded. "limits ... size.prtotal=unlimited"
# (or size.prtotal=N) is the setting for paged searches.
#
# Seen:
#   by default: 500 entries in pages of 100, result Size limit exceeded (4)
#   size.prtotal=unlimited: 701 entries in pages of 100, result Success (0)
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
debs slapd=2.5.13+dfsg-5 ldap-utils=2.5.13+dfsg-5 libldap-2.5-0=2.5.13+dfsg-5 libltdl7=2.4.7-7~deb12u1 \
  libwrap0=7.6.q-32 libnsl2=1.3.0-2 libtirpc3=1.3.3+ds-1 libsasl2-2=2.1.28+dfsg-10

{
  printf 'dn: dc=example\nobjectClass: dcObject\nobjectClass: organization\ndc: example\no: example\n\n'
  for number in {1..700}; do
    printf 'dn: cn=p%s,dc=example\nobjectClass: person\ncn: p%s\nsn: p\n\n' "$number" "$number"
  done
} > entries.ldif

# search TITLE LINE: starts a slapd with one line more in its configuration, and reads all that it has.
search() {
  mkdir database
  cat > slapd.conf <<END
include $work/root/etc/ldap/schema/core.schema
modulepath $work/root/usr/lib/ldap
moduleload back_mdb
database mdb
suffix dc=example
directory $work/database
$2
END
  root/usr/sbin/slapd -Ta -q -f slapd.conf -l entries.ldif
  root/usr/sbin/slapd -d 0 -f slapd.conf -h "ldapi://${work//\//%2F}%2Fsocket" &
  server=$!
  ask=(root/usr/bin/ldapsearch -x -H "ldapi://${work//\//%2F}%2Fsocket" -b dc=example)
  until_true "${ask[@]}" -s base
  "${ask[@]}" -E pr=100/noprompt '(objectClass=*)' dn > answer 2> answer.err || true
  printf '%s: %s entries in pages of 100, result %s\n' "$1" "$(grep -c ^dn: answer)" \
    "$(sed -n 's/^result: \([0-9]*\) \(.*\)/\2 (\1)/p' answer | tail -1)" >> out
  kill "$server"
  wait "$server" || true
  server=
  rm -rf database
}
search 'by default' ''
search 'size.prtotal=unlimited' 'limits * size.prtotal=unlimited'
seen out
