#!/usr/bin/env bash
# git 2.39.5 (Debian 1:2.39.5-0+deb12u3): a GIT_SSH program of one's own is first called with -G, and must succeed.
# A guess: git calls it once, with what ssh takes. In fact git calls an unknown name with -G first, to learn whether it
# is OpenSSH. A program that refuses -G counts as "simple": git then refuses each address with a port before any
# connection. GIT_SSH_VARIANT=ssh avoids the question.
#
# Seen:
#   called with: -G -o SendEnv=GIT_PROTOCOL -p 2222 me@host
#   git: fatal: ssh variant 'simple' does not support setting port
#   called with: -o SendEnv=GIT_PROTOCOL -p 2222 me@host git-upload-pack '/repository'
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
debs git=1:2.39.5-0+deb12u3

cat > wrapper <<'END'
#!/bin/sh
echo "called with: $*" >> out
[ "$1" != -G ] || exit 1
END
chmod 755 wrapper
export GIT_EXEC_PATH=$work/root/usr/lib/git-core GIT_SSH=$work/wrapper
ask() {
  "$work/root/usr/bin/git" ls-remote ssh://me@host:2222/repository > answer 2>&1 || sed -n 's/^fatal: ssh/git: &/p' answer >> out
}
ask
GIT_SSH_VARIANT=ssh ask
seen out
