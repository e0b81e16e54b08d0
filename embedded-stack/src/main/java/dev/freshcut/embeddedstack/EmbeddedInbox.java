package dev.freshcut.embeddedstack;

import dev.freshcut.embeddedstack.inbox.Mail;
import dev.freshcut.embeddedstack.inbox.Messages;
import dev.freshcut.embeddedstack.inbox.Sms;
import dev.freshcut.embeddedstack.inbox.SmtpSink;
import dev.freshcut.embeddedstack.inbox.WebInbox;
import java.io.IOException;
import java.net.BindException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The inbox in this JVM. */
final class EmbeddedInbox implements InboxServer {
  private static final String THING = "The inbox";

  private final Messages messages = new Messages(Clock.systemUTC());
  private final String account = "AC" + random();
  private final String token = random();
  private final int smtpPort;
  private final int webPort;
  private @Nullable SmtpSink smtp;
  private @Nullable WebInbox web;

  private EmbeddedInbox(int smtpPort, int webPort) {
    this.smtpPort = smtpPort;
    this.webPort = webPort;
  }

  private static String random() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  static EmbeddedInbox start(ServersOptions options, FreePorts.Chooser ports) {
    for (int attempt = 0; attempt < FreePorts.ATTEMPTS; attempt++) {
      EmbeddedInbox inbox =
          new EmbeddedInbox(
              ports.choose(options.ports().smtp(), attempt),
              ports.choose(options.ports().inbox(), attempt));
      if (inbox.launch()) {
        return inbox;
      }
    }
    throw FreePorts.allTaken(THING);
  }

  /** Starts both; false if a port was taken. */
  private synchronized boolean launch() {
    try {
      smtp = SmtpSink.start(FreePorts.address(smtpPort), messages);
      web =
          WebInbox.start(
              FreePorts.address(webPort),
              messages,
              account,
              token,
              FreePorts.HOST + ":" + smtpPort);
      return true;
    } catch (BindException e) {
      stop();
      return false;
    } catch (IOException e) {
      stop();
      throw new ServerStartException(
          THING, "it cannot listen on " + FreePorts.HOST, "Look whether the address is up", e);
    }
  }

  @Override
  public String host() {
    return FreePorts.HOST;
  }

  @Override
  public int smtpPort() {
    return smtpPort;
  }

  @Override
  public String url() {
    return "http://" + FreePorts.HOST + ":" + webPort;
  }

  @Override
  public String smsAccount() {
    return account;
  }

  @Override
  public String smsToken() {
    return token;
  }

  @Override
  public List<Mail> mails() {
    return messages.mails();
  }

  @Override
  public List<Sms> sms() {
    return messages.sms();
  }

  @Override
  public synchronized void stop() {
    SmtpSink listening = smtp;
    smtp = null;
    if (listening != null) {
      listening.close();
    }
    WebInbox shown = web;
    web = null;
    if (shown != null) {
      shown.close();
    }
  }

  @Override
  public synchronized void start() {
    if (smtp == null) {
      FreePorts.restart(THING, List.of(smtpPort, webPort), this::launch);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
