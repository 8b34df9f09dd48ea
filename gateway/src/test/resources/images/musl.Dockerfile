# An image as Alpine's are: busybox, linked to musl, and no other C library. Debian has musl, and busybox's source.
ARG BASE
FROM ${BASE} AS build
RUN export DEBIAN_FRONTEND=noninteractive \
 && sed -n 's/^deb /deb-src /p' /etc/apt/sources.list > /etc/apt/sources.list.d/source.list \
 && apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends bzip2 dpkg-dev gcc libc6-dev make musl-tools > /dev/null \
 && cd /tmp && apt-get source -qq busybox > /dev/null
RUN set -eu; cd /tmp/busybox-*/; \
    make -s allnoconfig > /dev/null; \
    for option in BUSYBOX LONG_OPTS SHELL_ASH ASH_ECHO ASH_PRINTF ASH_TEST ASH_JOB_CONTROL FEATURE_EDITING FEATURE_SH_MATH SH_IS_ASH \
      BASENAME CAT CHMOD CP DATE DIRNAME ECHO ENV FALSE FEATURE_FANCY_SLEEP GREP HEAD ID KILL LN LS MKDIR MV NOHUP \
      FEATURE_LS_FILETYPES FEATURE_LS_SORTFILES FEATURE_LS_TIMESTAMPS FEATURE_LS_USERNAME PIDOF PRINTENV PRINTF PS PWD READLINK \
      RM SED SHA256SUM SLEEP SORT STAT STTY TAIL TEST TEST1 TOUCH TR TRUE TTY UNAME WC WHOAMI XARGS; do \
      sed -i "s/^# CONFIG_$option is not set$/CONFIG_$option=y/" .config; \
    done; \
    yes '' | make -s oldconfig > /dev/null; \
    make -s -j"$(nproc)" CC="musl-gcc -idirafter /usr/include -idirafter /usr/include/$(dpkg-architecture -qDEB_HOST_MULTIARCH)" busybox; \
    mkdir -p /root-of-image/bin /root-of-image/lib /root-of-image/etc /root-of-image/root; \
    mkdir -m 1777 /root-of-image/tmp; \
    cp busybox /root-of-image/bin/; \
    cp -L /lib/ld-musl-*.so.1 /root-of-image/lib/; \
    for applet in $(./busybox --list); do ln -s /bin/busybox "/root-of-image/bin/$applet"; done; \
    test -L /root-of-image/bin/sh; \
    echo 'root:x:0:0:root:/root:/bin/sh' > /root-of-image/etc/passwd; \
    printf 'root:x:0:\ntty:x:5:\n' > /root-of-image/etc/group; \
    echo 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export PATH; for f in /etc/profile.d/*.sh; do [ -r "$f" ] && . "$f"; done' \
      > /root-of-image/etc/profile

FROM scratch
COPY --from=build /root-of-image /
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
CMD ["/bin/sh"]
