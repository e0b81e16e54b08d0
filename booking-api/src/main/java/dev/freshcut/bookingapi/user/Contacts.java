package dev.freshcut.bookingapi.user;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How users are called and reached, for the features that they are customers of. */
@Component
public class Contacts {
  private final UserTable table;

  Contacts(UserTable table) {
    this.table = table;
  }

  /** A user's name and addresses, of her own profile. */
  public record Contact(String name, String email, @Nullable String phone) {}

  /** From the database, within the caller's transaction. */
  public Optional<Contact> find(long userId) {
    return table.find(userId).map(user -> new Contact(user.name(), user.email(), user.phone()));
  }
}
