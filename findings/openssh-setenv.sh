#!/usr/bin/env bash
# OpenSSH 9.2p1 (Debian 1:9.2p1-2+deb12u10): a second SetEnv has no effect, while a second SendEnv adds to the first.
# A guess: both directives name variables, so both add up. In fact only the first SetEnv counts, on the command line and
# in the configuration, without a message: all variables have to stand in one SetEnv.
#
# Seen:
#   sendenv A
#   sendenv B
#   setenv C=1
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
debs openssh-client=1:9.2p1-2+deb12u10

root/usr/bin/ssh -T -F /dev/null -G -o SendEnv=A -o SendEnv=B -o SetEnv=C=1 -o SetEnv=D=2 host |
  grep -E '^(sendenv|setenv) ' > out
seen out
