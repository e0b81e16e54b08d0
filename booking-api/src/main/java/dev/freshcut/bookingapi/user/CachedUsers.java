package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.security.Account;
import dev.freshcut.bookingapi.security.Accounts;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.CoherentCache;
import dev.freshcut.coherentcache.Consistency;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.Family;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/**
 * Users through the cache, which every request with a token asks. Whoever is deactivated or gets
 * another role, by the API or in the database, has it as soon as the change has evicted her entry.
 */
@Component
class CachedUsers implements Accounts {
  private static final TypeReference<UserRow> USER = new TypeReference<>() {};

  private final UserTable table;
  private final ExternalUsers external;
  private final CoherentCache cache;
  private final Family family;

  CachedUsers(UserTable table, ExternalUsers external, CoherentCache cache, CacheModel model) {
    this.table = table;
    this.external = external;
    this.cache = cache;
    this.family = model.family("user");
  }

  @Override
  public Optional<Account> find(long id) {
    try {
      return Optional.of(get(id, Consistency.EVENTUAL).value().account());
    } catch (ProblemException e) {
      return Optional.empty(); // there is no such user
    }
  }

  /** The binding is read from the database, the account through the cache. */
  @Override
  public Optional<Account> find(ExternalIdentity identity) {
    return external.idOf(identity).flatMap(this::find);
  }

  /**
   * @throws ProblemException if there is no such user; that is not cached
   */
  Answer<UserRow> get(long id, Consistency consistency) {
    return cache.get(
        family.key(id),
        USER,
        consistency,
        () -> table.find(id).orElseThrow(() -> Users.notFound(id)));
  }
}
