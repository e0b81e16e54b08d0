package dev.freshcut.bookingapi.notification;

import dev.freshcut.bookingapi.web.Word;

/** How it is known that a customer wants SMS, or does not. The schema has the same names. */
enum ConsentSource implements Word {
  /** She said so herself, logged in. */
  ACCOUNT,
  /** Of what she told staff. */
  IN_PERSON,
  PHONE,
  WRITING
}
