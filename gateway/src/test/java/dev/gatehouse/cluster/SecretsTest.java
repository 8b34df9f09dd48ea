package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.failure.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The story: a password in an environment goes into a ConfigMap, into a hundred revisions, onto
 * every administrator's screen and into git. No secret here is a real one.
 */
final class SecretsTest {
  private static final String ACCESS_KEY = "AKIA" + "IOSFODNN7EXAMPLE";

  private static String mistakes(String yaml) {
    var error =
        catchThrowableOfType(UserError.class, () -> ClusterDefinitionFile.parse("c.yaml", yaml));
    assertThat(error).as(yaml).isNotNull();
    return error.text();
  }

  @ParameterizedTest
  @CsvSource({
    "DB_PASSWORD, hunter2",
    "PGPASSWORD, hunter2",
    "MYSQL_PWD, hunter2",
    "db_password, hunter2",
    "PASSWORD, hunter2",
    "HF_TOKEN, abcdefgh",
    "CLIENT_SECRET, 0123456789",
    "AWS_SECRET_ACCESS_KEY, wJalrXUtnFEMI",
    "OPENAI_API_KEY, abcdefgh",
    "OPENAI_APIKEY, abcdefgh",
    "SSH_PASSPHRASE, four words of it",
    "GCP_CREDENTIALS, abc"
  })
  void parse_environmentWithASecret_isRefusedWithWhatToDo(String name, String value) {
    assertThat(mistakes("machineTypes: {standard: {environment: {%s: %s}}}".formatted(name, value)))
        .startsWith(
            "c.yaml:1:%d: machineTypes.standard.environment.%s would be a secret in clear text,"
                    .formatted(43 + name.length(), name)
                + " which everybody can read who may see the definition; write it to a file in the"
                + " home, or on a claim that volumes mount, and name the file: %s_FILE: /path"
                    .formatted(name))
        .doesNotContain(value);
  }

  /** A refusal of what is no secret is a nuisance with no way out. */
  @ParameterizedTest
  @CsvSource({
    "DB_PASSWORD_FILE, /secrets/db",
    "DB_PASSWORD, /secrets/db",
    "DB_PASSWORD, ~/.db",
    "DB_PASSWORD, ''",
    "DB_PASSWORD, $FROM_ELSEWHERE",
    "TOKENIZERS_PARALLELISM, false",
    "MAX_TOKENS, 4096",
    "MAX_TOKEN, 4096",
    "USE_TOKEN, true",
    "EOS_TOKEN, </s>",
    "PAD_TOKEN, '[PAD]'",
    "PWD, home",
    "OLDPWD, home",
    "SECRETARY, Ada",
    "KEY, value",
    "SORT_KEY, name",
    "KEYBOARD, de",
    "MONKEY, see",
    "PASSWORDLESS, very",
    "HF_HOME, /data/hf"
  })
  void parse_environmentWithoutASecret_isTaken(String name, String value) {
    var quoted = "'" + value.replace("'", "''") + "'";
    var types =
        ClusterDefinitionFile.parse(
                "c.yaml",
                "machineTypes: {standard: {environment: {%s: %s}}}".formatted(name, quoted))
            .machineTypes();
    assertThat(types.firstEntry().getValue().environment()).containsEntry(name, value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----",
        "-----BEGIN PGP PRIVATE KEY BLOCK-----",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ASIA" + "IOSFODNN7EXAMPLE",
        "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789",
        "github_pat_" + "abcdefghijklmnopqrstuvwx",
        "glpat-" + "abcdefghijklmnopqrst",
        "hf_" + "abcdefghijklmnopqrstuvwxyz01234567",
        "sk-ant-" + "api03-abcdefghijklmnopqrstuvwxyz",
        "sk-" + "abcdefghijklmnopqrstuvwxyz0123456789",
        "xoxb-" + "123456789012-abcdefghijkl",
        "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0" + ".abcdefghijklmnop",
        "https://ada:hunter2@proxy.example.com:3128",
        "postgres://:hunter2@db/x"
      })
  void parse_secretByItsForm_isRefusedWhereverItStands(String secret) {
    for (var yaml :
        new String[] {
          "gateway:\n  motd: '%s'\n",
          "machineTypes:\n  standard: {environment: {A: '%s'}}\n",
          "# A comment\n# %s\n",
          "gateway:\n  banner: |\n    %s\n"
        }) {
      var text = mistakes(yaml.formatted(secret));
      assertThat(text)
          .as(yaml)
          .contains(
              " in clear text, which everybody can read who may see the definition; remove it")
          .doesNotContain(secret)
          .doesNotContain("hunter2");
    }
  }

  @Test
  void parse_secretByItsForm_isToldAtItsPlace() {
    assertThat(mistakes("gateway:\n  motd: |\n    Hello\n    key %s\n".formatted(ACCESS_KEY)))
        .startsWith("c.yaml:4:9: here is an access key of AWS in clear text")
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAKIAIOSFODNN7EXAMPLE/AKIAIOSFODNN7EXAMPLE=",
        "AKIA",
        "task-force-abcdefghijklmnopqrstuvwxyz0123456789",
        "https://www.example.com:8443/path",
        "ssh://git@example.com:22/a",
        "https://ada@example.com",
        "ssh -L 8080:ldap-ui:80 ada@gate",
        "registry.example.com:5000/team/a@sha256:0123456789abcdef"
      })
  void parse_textThatOnlyLooksLikeOne_isTaken(String text) {
    assertThat(
            ClusterDefinitionFile.parse("c.yaml", "gateway:\n  motd: '%s'\n".formatted(text))
                .gateway()
                .motd())
        .contains(text);
  }

  @Test
  void parse_keyOfASecret_isRefusedWithTheFileToName() {
    assertThat(
            mistakes(
                "directory: {ldap: {servers: [ldaps://a], base: b, bindDn: c, bindPassword:"
                    + " hunter2, bindPasswordFile: d}}"))
        .startsWith(
            "c.yaml:1:62: directory.ldap.bindPassword would be a secret in clear text, which"
                + " everybody can read who may see the definition; name its file by"
                + " bindPasswordFile")
        .doesNotContain("hunter2");
    assertThat(mistakes("images: {password: hunter2}"))
        .startsWith("c.yaml:1:10: images.password would be a secret in clear text")
        .doesNotContain("hunter2");
    assertThat(mistakes("gateway: {apiToken: hunter2}"))
        .startsWith("c.yaml:1:11: gateway.apiToken would be a secret in clear text");
  }
}
