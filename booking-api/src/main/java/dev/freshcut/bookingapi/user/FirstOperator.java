package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Passwords;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.security.SecuritySettings;
import dev.freshcut.bookingapi.user.UserTable.Values;
import dev.freshcut.bookingapi.write.Writes;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

/**
 * At start: makes the operator that the settings name, if there is none. Somebody must be there to
 * make all others. Where users log in at an issuer she is bound to it by her email.
 */
@Component
@DependsOnDatabaseInitialization
class FirstOperator implements SmartInitializingSingleton {
  private static final Logger log = LoggerFactory.getLogger(FirstOperator.class);

  private final SecuritySettings settings;
  private final UserTable table;
  private final Passwords passwords;
  private final Writes writes;
  private final AuditLog audit;

  FirstOperator(
      SecuritySettings settings,
      UserTable table,
      Passwords passwords,
      Writes writes,
      AuditLog audit) {
    this.settings = settings;
    this.table = table;
    this.passwords = passwords;
    this.writes = writes;
    this.audit = audit;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (table.operatorExists()) {
      return;
    }
    SecuritySettings.Operator operator = settings.operator();
    if (operator == null) {
      log.warn(
          "there is no operator: set freshcut.security.operator.email and .password at one start");
      return;
    }
    make(operator);
  }

  private void make(SecuritySettings.Operator operator) {
    String password = operator.password();
    String hash = settings.hasLogin() && password != null ? passwords.hash(password) : null;
    Values values = new Values(Role.OPERATOR, null, null, null, null, true, "First operator", null);
    boolean made =
        writes
            .run(
                changes -> {
                  Optional<UserRow> user = table.insert(values, operator.email(), hash, changes);
                  user.ifPresent(
                      it ->
                          audit.record(
                              new Caller.Anonymous(),
                              "user.create",
                              "user:" + it.id(),
                              Map.of("role", Role.OPERATOR.text())));
                  return user;
                })
            .value()
            .isPresent();
    if (made) {
      log.info("the first operator has been made; log in, and change the password");
    } else if (!table.operatorExists()) { // which another instance may have made just now
      log.warn("no operator has been made: the email in the settings is another user's");
    }
  }
}
