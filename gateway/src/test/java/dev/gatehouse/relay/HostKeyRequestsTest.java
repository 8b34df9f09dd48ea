package dev.gatehouse.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostKeyRequestsTest {
  @ParameterizedTest
  @CsvSource({
    "SSH-2.0-OpenSSH_9.9, true",
    "SSH-2.0-PuTTY_Release_0.78, true",
    "SSH-2.0-TTSSH/2.72 Win32, false",
    "SSH-2.0-TTSSH/2.19, false",
    "SSH-2.0-TTSSH/2.73 Win32, true",
    "SSH-2.0-TTSSH/3.1 Win32, true",
    "SSH-2.0-TeraTerm SSH/1.0, false",
    "SSH-2.0-Cisco-1.25, false",
    "SSH-2.0-Cisco-2.0, true"
  })
  void bears_version_isAsOpenSshSays(String version, boolean bears) {
    assertThat(HostKeyRequests.bears(version)).isEqualTo(bears);
  }
}
