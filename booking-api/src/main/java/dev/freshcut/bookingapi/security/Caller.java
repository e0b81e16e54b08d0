package dev.freshcut.bookingapi.security;

import org.jspecify.annotations.Nullable;

/**
 * Who makes a request. A handler gets it as a parameter of this type, or of type {@link User} where
 * it is not open to the public.
 */
public sealed interface Caller {
  /** Somebody without a token. */
  record Anonymous() implements Caller {}

  /**
   * A user whose token is good and whose account is active.
   *
   * @param locationId where a barber or an owner works; null for others
   * @param barberId the barber that she is; null if she is none
   */
  record User(long id, Role role, @Nullable Long locationId, @Nullable Long barberId)
      implements Caller {

    /** Whether she may see and change what belongs to this location. */
    public boolean mayWorkAt(long location) {
      return switch (role) {
        case OPERATOR -> true;
        case BARBER, OWNER -> locationId != null && locationId == location;
        case CLIENT -> false;
      };
    }

    /**
     * Whether a row is hers: a client's own, or of the location where staff work.
     *
     * @param owner the user who is the row's customer; null if she is no user
     */
    public boolean mayHandle(@Nullable Long owner, long location) {
      return role == Role.CLIENT ? owner != null && owner == id : mayWorkAt(location);
    }
  }
}
