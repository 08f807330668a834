package io.tapeline.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTokenTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @TempDir private Path data;
  private InstallationSecret secret;

  @BeforeEach
  void anInstallation() throws IOException {
    secret = InstallationSecret.readOrCreate(data.resolve("secret"));
  }

  @Test
  void aTokenNamesItsUserAndScopeForAMinute() {
    var token = ServiceToken.mint(secret, "ada", Scope.TRADE, NOON);
    assertThat(ServiceToken.verify(secret, token, NOON.plusSeconds(59)))
        .isEqualTo(new ServiceToken("ada", Scope.TRADE));
    assertThat(ServiceToken.looksLikeOne(token)).isTrue();
  }

  @Test
  void anOldTokenProvesNothing() {
    var token = ServiceToken.mint(secret, "ada", Scope.TRADE, NOON);
    assertThatThrownBy(() -> ServiceToken.verify(secret, token, NOON.plusSeconds(70)))
        .isInstanceOf(NotAuthenticException.class);
  }

  @Test
  void aTokenOfAnotherInstallationProvesNothing() throws IOException {
    var other = InstallationSecret.readOrCreate(data.resolve("other"));
    var token = ServiceToken.mint(other, "ada", Scope.ADMIN, NOON);
    assertThatThrownBy(() -> ServiceToken.verify(secret, token, NOON))
        .isInstanceOf(NotAuthenticException.class);
  }

  @Test
  void anUnsignedTokenProvesNothing() {
    var base64 = Base64.getUrlEncoder().withoutPadding();
    var token =
        base64.encodeToString("{\"alg\":\"none\"}".getBytes())
            + "."
            + base64.encodeToString(
                ("{\"iss\":\"tapeline\",\"sub\":\"eve\",\"scope\":\"admin\",\"iat\":%d,\"exp\":%d}"
                        .formatted(NOON.getEpochSecond(), NOON.getEpochSecond() + 60))
                    .getBytes())
            + ".";
    assertThatThrownBy(() -> ServiceToken.verify(secret, token, NOON))
        .isInstanceOf(NotAuthenticException.class);
  }

  @Test
  void aTokenWithAnotherScopeWrittenIntoItProvesNothing() {
    var parts = ServiceToken.mint(secret, "ada", Scope.READ, NOON).split("\\.");
    var claims = new String(Base64.getUrlDecoder().decode(parts[1])).replace("read", "admin");
    var forged =
        parts[0]
            + "."
            + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes())
            + "."
            + parts[2];
    assertThatThrownBy(() -> ServiceToken.verify(secret, forged, NOON))
        .isInstanceOf(NotAuthenticException.class);
  }

  @Test
  void theSecretIsMadeOnceReadableByItsOwnerAloneAndNeverShown() throws IOException {
    var file = data.resolve("secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    var again = InstallationSecret.readOrCreate(file);
    assertThat(
            ServiceToken.verify(again, ServiceToken.mint(secret, "ada", Scope.READ, NOON), NOON)
                .user())
        .isEqualTo("ada");
    assertThat(secret).hasToString("InstallationSecret[hidden]");
  }

  @Test
  void aFileThatIsNoSecretIsRefusedByName() throws IOException {
    var file = Files.writeString(data.resolve("empty"), "");
    assertThatThrownBy(() -> InstallationSecret.read(file))
        .hasMessageContaining("empty does not hold a secret");
  }

  @Test
  void aScopeIncludesThoseBelowIt() {
    assertThat(Scope.TRADE.labels()).containsExactlyInAnyOrder("read", "trade");
    assertThat(Scope.ADMIN.includes(Scope.READ)).isTrue();
    assertThat(Scope.READ.includes(Scope.TRADE)).isFalse();
  }
}
