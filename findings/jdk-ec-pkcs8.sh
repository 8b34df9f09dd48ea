#!/usr/bin/env bash
# JDK 25 and GnuTLS 3.7.9: PrivateKey.getEncoded() of an EC key is a key that GnuTLS does not read.
# A guess: PKCS #8 is PKCS #8. In fact the JDK leaves out the public half, which RFC 5915 makes optional, and GnuTLS asks for it:
# certtool, and each server that is built with GnuTLS such as Debian's slapd, refuses the file. OpenSSL reads it.
# Whoever writes keys for others should add the public half ("openssl ec" does, "openssl pkey" does not).
#
# Seen:
#   OpenSSL reads the JDK's EC key: yes
#   GnuTLS reads the JDK's EC key: no
#   GnuTLS reads it after "openssl ec" has added the public half: yes
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
debs gnutls-bin=3.7.9-2+deb12u7 libgnutls30=3.7.9-2+deb12u7 libgnutls-dane0=3.7.9-2+deb12u7 \
  libopts25=1:5.18.16-5 libunbound8=1.17.1-2+deb12u4 libevent-2.1-7=2.1.12-stable-8+deb12u1
command -v openssl > /dev/null || { echo "$name: no openssl" >&2; exit 2; }

cat > Key.java <<'END'
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

class Key {
  public static void main(String[] args) throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    var key = generator.generateKeyPair().getPrivate().getEncoded();
    System.out.println("-----BEGIN PRIVATE KEY-----");
    System.out.println(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key));
    System.out.println("-----END PRIVATE KEY-----");
  }
}
END
java_run Key.java > jdk.pem
LD_LIBRARY_PATH='' openssl ec -in jdk.pem -out openssl.pem 2> /dev/null
reads() { "$@" > /dev/null 2>&1 && echo yes || echo no; }
{
  echo "OpenSSL reads the JDK's EC key: $(LD_LIBRARY_PATH='' reads openssl pkey -in jdk.pem -noout)"
  echo "GnuTLS reads the JDK's EC key: $(reads root/usr/bin/certtool --key-info --infile jdk.pem)"
  echo "GnuTLS reads it after \"openssl ec\" has added the public half: $(reads root/usr/bin/certtool --key-info --infile openssl.pem)"
} > out
seen out
