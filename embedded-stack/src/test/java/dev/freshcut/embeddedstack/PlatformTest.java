package dev.freshcut.embeddedstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlatformTest {
  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, LINUX_AMD64",
    "Linux, aarch64, LINUX_ARM64",
    "Mac OS X, x86_64, MACOS_AMD64",
    "Mac OS X, aarch64, MACOS_ARM64"
  })
  void isTheOneThatJavaNames(String os, String arch, Platform expected) {
    assertThat(Platform.of(os, arch)).isEqualTo(expected);
  }

  @Test
  void elsewhereTheWayOutIsNamed() {
    assertThatThrownBy(() -> Platform.of("Windows 11", "amd64"))
        .isInstanceOf(ServerStartException.class)
        .hasMessageContaining("no binaries for Windows 11 on amd64")
        .hasMessageContaining("WSL")
        .hasMessageContaining("-Dfreshcut.stack=containers");
  }

  @ParameterizedTest
  @EnumSource
  void hasARedisServerOnTheClassPath(Platform platform) {
    assertThat(getClass().getResource("/" + platform.redisProgram())).isNotNull();
  }

  @Test
  void ofThisMachineHasPostgresOnTheClassPath() {
    assertThat(getClass().getResource("/" + Platform.current().postgresArchive())).isNotNull();
  }
}
