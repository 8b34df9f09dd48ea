# The images of Gatehouse. After ./mvnw package, in the top folder:
#   docker build --target gateway -t gatehouse-gateway .
#   docker build --target toolbox -t gatehouse-toolbox .
#   docker build --target workspace -t gatehouse-workspace .
#   docker build --target directory -t gatehouse-directory .
#   docker build --target ldap-ui -t gatehouse-ldap-ui .
#   docker build --target jupyter -t gatehouse-jupyter .
# docs/images.md explains the arguments.

# Debian bookworm, or an image that is compatible with it. BASE_DIGEST=sha256:... pins it (docs/images.md).
ARG BASE=debian:bookworm-slim
ARG BASE_DIGEST=
# Any image that has a JDK 25 for glibc in /opt/java/openjdk. It is an image, because Debian bookworm has no package of
# a JDK 25, and not a named build context, because the folders of a context and of an image are laid out differently:
# buildah and docker both take an image by its name. JDK_DIGEST=sha256:... pins it.
ARG JDK=eclipse-temurin:25-jdk
ARG JDK_DIGEST=

FROM ${BASE}${BASE_DIGEST:+@${BASE_DIGEST}} AS base

FROM ${JDK}${JDK_DIGEST:+@${JDK_DIGEST}} AS jdk


# ---- toolbox: OpenSSH that runs from /gate in any image, whatever its C library is, or without one

FROM base AS tools
RUN export DEBIAN_FRONTEND=noninteractive \
 && apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends busybox-static openssh-server patchelf xauth > /dev/null

# internal-sftp is a part of sshd; sftp-server is there for clients that start it by its path.
COPY k8s/toolbox/folders k8s/toolbox/home k8s/toolbox/include k8s/toolbox/people /toolbox/bin/
COPY k8s/toolbox/prepare k8s/toolbox/ready k8s/toolbox/start /toolbox/bin/
# It is in the jar too, for the workspaces of gatehouse try.
COPY gateway/src/main/resources/dev/gatehouse/workspace/local/service /toolbox/bin/
COPY k8s/toolbox/install k8s/toolbox/restore /toolbox/
RUN set -eu; \
    mkdir -p /toolbox/lib; \
    cp /bin/busybox /usr/bin/flock /usr/sbin/sshd /usr/bin/xauth /usr/lib/openssh/sftp-server /toolbox/bin/; \
    ln -s busybox /toolbox/bin/sh; \
    for program in flock sshd xauth sftp-server; do ldd "/toolbox/bin/$program"; done | \
      grep -o '/[^ ]*' | sort -u | xargs cp -L -t /toolbox/lib; \
    loader=$(basename "$(patchelf --print-interpreter /toolbox/bin/sshd)"); \
    for file in /toolbox/lib/*; do \
      [ "$file" = "/toolbox/lib/$loader" ] || patchelf --set-rpath /gate/lib --force-rpath "$file"; \
    done; \
    for program in flock sshd xauth sftp-server; do \
      patchelf --set-interpreter "/gate/lib/$loader" --set-rpath /gate/lib --force-rpath "/toolbox/bin/$program"; \
    done; \
    chmod -R u=rwX,go=rX /toolbox; \
    chmod 755 /toolbox/install /toolbox/restore /toolbox/bin/* /toolbox/lib/*

FROM scratch AS toolbox
COPY --from=tools /toolbox /toolbox
ARG VERSION=
ARG REVISION=
ARG SOURCE=
LABEL org.opencontainers.image.title="gatehouse-toolbox" \
      org.opencontainers.image.description="OpenSSH for the workspaces of Gatehouse" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.licenses="Apache-2.0"
USER 65532:65532
ENTRYPOINT ["/toolbox/install"]
CMD ["/gate"]


# ---- workspace: a machine for people that holds the toolbox (toolbox: included); an example for a site's own images

FROM base AS workspace
RUN export DEBIAN_FRONTEND=noninteractive \
 && apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends ca-certificates git less openssh-client rsync > /dev/null \
 && rm -rf /var/lib/apt/lists/*
COPY --from=toolbox /toolbox /gate
RUN ["/gate/bin/include"]
ARG VERSION=
ARG REVISION=
ARG SOURCE=
LABEL org.opencontainers.image.title="gatehouse-workspace" \
      org.opencontainers.image.description="A machine for people, with the toolbox of Gatehouse" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.licenses="Apache-2.0"


# ---- gateway: the jar, the part of a JDK that it needs, and the C library; no shell, no package manager

FROM base AS gatehouse
COPY --from=jdk /opt/java/openjdk /jdk
COPY gateway/target/lib /gatehouse/lib
COPY gateway/target/gatehouse.jar /gatehouse/
COPY config /gatehouse/config
# The templates of the account and the charts that the operator installs. Of the directory's folder only the chart: the rest is the directory's image.
COPY k8s/aws /gatehouse/k8s/aws
COPY k8s/foundation /gatehouse/k8s/foundation
COPY k8s/gatehouse /gatehouse/k8s/gatehouse
COPY k8s/directory/.helmignore k8s/directory/*.yaml k8s/directory/values.schema.json /gatehouse/k8s/directory/
COPY k8s/directory/templates /gatehouse/k8s/directory/templates

# jdeps finds what the classes name; the rest is found by name at run time: elliptic curves for TLS, DNS by JNDI,
# and what it takes to look into a running gateway (jcmd, flight recordings).
RUN set -eu; \
    modules=$(/jdk/bin/jdeps --multi-release 25 --ignore-missing-deps --print-module-deps \
      /gatehouse/gatehouse.jar /gatehouse/lib/*.jar); \
    /jdk/bin/jlink --add-modules "$modules,jdk.crypto.ec,jdk.naming.dns,jdk.jcmd,jdk.jfr,jdk.management" \
      --no-header-files --no-man-pages --output /gatehouse/jre

# A cache names the jars by their time, of which an image keeps whole seconds. What fills it is in
# docs/decisions/0007-start-quickly.md. All that is in a cache is loaded at each start, so the operator has one of its own.
RUN set -eu; \
    find /gatehouse -exec touch -h -d @1 {} +; \
    for command in serve:gatehouse operate:operate; do \
      /gatehouse/jre/bin/java @/gatehouse/config/jvm.options -XX:AOTCacheOutput="/gatehouse/${command#*:}.aot" \
        -Dgatehouse.home=/gatehouse -jar /gatehouse/gatehouse.jar train "${command%:*}" > /tmp/log 2>&1 || { cat /tmp/log; exit 1; }; \
    done; \
    chmod 644 /gatehouse/*.aot

# The root of the image: the C library as Debian has it, and who the gateway runs as.
RUN set -eu; \
    mkdir -p /root-of-image/etc /root-of-image/var/lib/dpkg/status.d; \
    mkdir -m 1777 /root-of-image/tmp; \
    find /gatehouse/jre -name '*.so' -o -path '*/bin/java' | xargs ldd 2> /dev/null | \
      grep -o '=> /[^ ]*\|^[[:space:]]*/lib[^ ]*ld-[^ ]*' | grep -o '/.*' | grep -v ^/gatehouse | sort -u | \
      while read -r library; do \
        mkdir -p "/root-of-image$(dirname "$library")"; \
        cp -L "$library" "/root-of-image$library"; \
      done; \
    dpkg-query --status libc6 > /root-of-image/var/lib/dpkg/status.d/libc6; \
    echo 'gatehouse:x:65532:65532::/tmp:/sbin/nologin' > /root-of-image/etc/passwd; \
    echo 'gatehouse:x:65532:' > /root-of-image/etc/group; \
    echo 'hosts: files dns' > /root-of-image/etc/nsswitch.conf

FROM scratch AS gateway
COPY --from=gatehouse /root-of-image /
COPY --from=gatehouse /gatehouse /gatehouse
ARG VERSION=
ARG REVISION=
ARG SOURCE=
LABEL org.opencontainers.image.title="gatehouse-gateway" \
      org.opencontainers.image.description="The SSH gateway of Gatehouse" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.licenses="Apache-2.0"
USER 65532:65532
WORKDIR /tmp
EXPOSE 2222
STOPSIGNAL SIGTERM
# Else the JVM would take file names for ASCII.
ENV LANG=C.UTF-8
ENTRYPOINT ["/gatehouse/jre/bin/java", "@/gatehouse/config/jvm.options", "-XX:AOTCache=/gatehouse/gatehouse.aot", "-Dgatehouse.home=/gatehouse", "-jar", "/gatehouse/gatehouse.jar"]
CMD ["serve"]


# ---- directory: Debian's OpenLDAP, set up for people and groups (docs/directory-server.md)

FROM base AS directory
RUN export DEBIAN_FRONTEND=noninteractive \
 && printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d && chmod 755 /usr/sbin/policy-rc.d \
 && apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends hostname ldap-utils slapd > /dev/null \
 && rm -rf /var/lib/apt/lists/* /var/lib/ldap /etc/ldap/slapd.d /usr/sbin/policy-rc.d
COPY k8s/directory/bin /directory/bin
COPY k8s/directory/config /directory/config
COPY k8s/directory/seed /directory/seed
RUN chmod -R a+rX /directory && chmod 755 /directory/bin/*
ARG VERSION=
ARG REVISION=
ARG SOURCE=
LABEL org.opencontainers.image.title="gatehouse-directory" \
      org.opencontainers.image.description="OpenLDAP, set up for the people and groups of Gatehouse" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.licenses="Apache-2.0"
USER 33889:33889
WORKDIR /
EXPOSE 1389 1636
STOPSIGNAL SIGTERM
ENTRYPOINT ["/directory/bin/start"]


# ---- ldap-ui: Debian's LDAP Account Manager in Apache, set up for that tree

FROM base AS ldap-ui
RUN export DEBIAN_FRONTEND=noninteractive \
 && printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d && chmod 755 /usr/sbin/policy-rc.d \
 && apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends \
      apache2 libapache2-mod-php ldap-account-manager > /dev/null \
 && rm -rf /var/lib/apt/lists/* /usr/sbin/policy-rc.d \
 && mkdir /ldap-ui \
 && cp -RL /var/lib/ldap-account-manager /ldap-ui/package \
 && rm -rf /var/lib/ldap-account-manager/*
COPY k8s/directory/ldap-ui /ldap-ui/config
RUN mv /ldap-ui/config/groupOfNames.inc /usr/share/ldap-account-manager/lib/modules/ \
 && chmod -R a+rX /ldap-ui /usr/share/ldap-account-manager/lib/modules && chmod 755 /ldap-ui/config/start
ARG VERSION=
ARG REVISION=
ARG SOURCE=
LABEL org.opencontainers.image.title="gatehouse-ldap-ui" \
      org.opencontainers.image.description="LDAP Account Manager, set up for the directory of Gatehouse" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.licenses="Apache-2.0"
USER 33890:33890
WORKDIR /
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["/ldap-ui/config/start"]


# ---- jupyter: an image for machine types, with Debian's Jupyter Notebook and the usual Python (docs/services.md)

FROM base AS jupyter
RUN export DEBIAN_FRONTEND=noninteractive \
 && apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends \
      ca-certificates git jupyter-notebook less nano procps python3-ipykernel python3-matplotlib python3-pandas \
      python3-pip python3-scipy python3-sklearn python3-venv > /dev/null \
 && rm -rf /var/lib/apt/lists/*
ARG VERSION=
ARG REVISION=
ARG SOURCE=
LABEL org.opencontainers.image.title="gatehouse-jupyter" \
      org.opencontainers.image.description="Jupyter Notebook for the workspaces of Gatehouse" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.licenses="Apache-2.0"
