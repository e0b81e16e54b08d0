package dev.freshcut.bookingapi.security;

/**
 * What is on record about a user who has shown a token.
 *
 * @param caller what she may do follows from it
 * @param active whether she may do anything at all
 * @param credentialsVersion tokens that were issued under another one are void
 */
public record Account(Caller.User caller, boolean active, long credentialsVersion) {}
