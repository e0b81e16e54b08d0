package dev.freshcut.embeddedstack;

import java.util.Locale;

/** The operating system and processor, as far as there are server binaries for them. */
enum Platform {
  LINUX_AMD64("postgres-linux-x86_64.txz", "redis-server-6.2.6-v5-linux-amd64"),
  LINUX_ARM64("postgres-linux-arm_64.txz", "redis-server-6.2.7-linux-arm64"),
  MACOS_AMD64("postgres-darwin-x86_64.txz", "redis-server-6.2.6-v5-darwin-amd64"),
  MACOS_ARM64("postgres-darwin-arm_64.txz", "redis-server-6.2.6-v5-darwin-arm64");

  private final String postgresArchive;
  private final String redisProgram;

  Platform(String postgresArchive, String redisProgram) {
    this.postgresArchive = postgresArchive;
    this.redisProgram = redisProgram;
  }

  /** The class path resource with PostgreSQL's programs. */
  String postgresArchive() {
    return postgresArchive;
  }

  /** The class path resource that is redis-server. */
  String redisProgram() {
    return redisProgram;
  }

  static Platform current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static Platform of(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    boolean arm = osArch.equals("aarch64") || osArch.equals("arm64");
    boolean intel = osArch.equals("amd64") || osArch.equals("x86_64");
    if (os.startsWith("linux") && (arm || intel)) {
      return arm ? LINUX_ARM64 : LINUX_AMD64;
    }
    if (os.startsWith("mac") && (arm || intel)) {
      return arm ? MACOS_ARM64 : MACOS_AMD64;
    }
    throw new ServerStartException(
        "The embedded servers",
        "there are no binaries for " + osName + " on " + osArch,
        "Use Linux or macOS on amd64 or arm64 (on Windows: WSL), or Docker with -D"
            + ServersOptions.STACK_PROPERTY
            + "=containers");
  }
}
