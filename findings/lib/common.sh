# Shared by all findings: a temporary folder, packages of exact versions in it, and the comparison at the end.
set -euo pipefail
export LC_ALL=C.UTF-8

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
name=$(basename "$0" .sh)
work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server" 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"

# npm_packages NAME@VERSION...: into node_modules of the temporary folder.
npm_packages() {
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" "$@"
}

# jars GROUP:ARTIFACT:VERSION...: with what they depend on into jars/. "java_run FILE" runs a source file with them.
jars() {
  local artifact
  {
    echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
    echo '<groupId>findings</groupId><artifactId>findings</artifactId><version>1</version><packaging>pom</packaging>'
    echo '<dependencies>'
    for artifact in "$@"; do
      IFS=: read -r group id version <<< "$artifact"
      echo "<dependency><groupId>$group</groupId><artifactId>$id</artifactId><version>$version</version></dependency>"
    done
    echo '</dependencies></project>'
  } > pom.xml
  "$top/mvnw" -q -f pom.xml org.apache.maven.plugins:maven-dependency-plugin:3.10.0:copy-dependencies \
    -DoutputDirectory="$work/jars"
}

java_run() {
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$work/jars/*" "$@" 2> java.log || { cat java.log >&2; exit 2; }
}

# debs NAME=VERSION...: Debian bookworm's packages, unpacked into root/ and not installed.
debs() {
  apt-get download -qq -o APT::Sandbox::User=root "$@"
  local package
  for package in *.deb; do
    dpkg -x "$package" root
  done
  LD_LIBRARY_PATH=$(find "$work/root" -name '*.so.*' -printf '%h\n' | sort -u | paste -sd :)
  export LD_LIBRARY_PATH
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# until_true COMMAND...: tries it until it succeeds, for half a minute.
until_true() {
  local deadline=$((SECONDS + 30))
  until "$@" > /dev/null 2>&1; do
    ((SECONDS < deadline)) || { echo "$name: '$*' did not succeed within 30 s" >&2; exit 2; }
    read -rt 0.1 <> <(:) || true
  done
}

# seen FILE: succeeds if FILE holds what the script's own header shows below the line "# Seen:".
seen() {
  sed -n '/^# Seen:$/,/^[^#]/p' "$self" | sed -En 's/^#( {3}|$)//p' > expected
  if diff -u expected "$1"; then
    echo "$name: as described"
  else
    echo "$name: the behaviour has changed (- described, + seen)" >&2
    exit 1
  fi
}
