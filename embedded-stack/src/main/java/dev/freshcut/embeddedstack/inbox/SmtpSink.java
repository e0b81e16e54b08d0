package dev.freshcut.embeddedstack.inbox;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** Takes every mail for everybody, of at most {@value #MOST_BYTES} bytes. */
public final class SmtpSink implements AutoCloseable {
  static final int MOST_BYTES = 5 * 1024 * 1024;

  /** Of a mail that is refused, as the client first sends all of it. */
  private static final long MOST_BYTES_IGNORED = 100L * 1024 * 1024;

  private static final int BACKLOG = 50;

  private final SMTPServer server;

  private SmtpSink(SMTPServer server) {
    this.server = server;
  }

  /**
   * Listens.
   *
   * @throws IOException if the port is taken
   */
  public static SmtpSink start(InetSocketAddress address, Messages messages) throws IOException {
    SMTPServer server =
        SMTPServer.port(address.getPort())
            .bindAddress(address.getAddress())
            .backlog(BACKLOG)
            .hostName("localhost")
            .softwareName("inbox")
            .maxMessageSize(MOST_BYTES)
            .serverThreadName("inbox-smtp")
            .messageHandlerFactory(context -> new Taker(messages))
            .build();
    try {
      server.start();
    } catch (RuntimeException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw e;
    }
    return new SmtpSink(server);
  }

  @Override
  public void close() {
    server.stop();
  }

  private static final class Taker implements MessageHandler {
    private final Messages messages;
    private final List<String> recipients = new ArrayList<>();
    private String sender = "";

    Taker(Messages messages) {
      this.messages = messages;
    }

    @Override
    public void from(String from) {
      sender = from;
    }

    @Override
    public void recipient(String recipient) {
      recipients.add(recipient);
    }

    @Override
    public String data(InputStream data) throws RejectException, IOException {
      byte[] source = data.readNBytes(MOST_BYTES + 1);
      if (source.length > MOST_BYTES) {
        ignore(data);
        throw new RejectException(552, "5.3.4 Message is larger than " + MOST_BYTES + " bytes");
      }
      Mail mail = messages.addMail((id, at) -> MimeReader.read(id, at, sender, recipients, source));
      return "2.0.0 Ok: kept as " + mail.id();
    }

    /** The answer is heard only after the last byte. */
    private static void ignore(InputStream data) throws RejectException, IOException {
      byte[] buffer = new byte[64 * 1024];
      long ignored = 0;
      for (int count = 0; count >= 0; count = data.read(buffer)) {
        ignored += count;
        if (ignored > MOST_BYTES_IGNORED) {
          throw new DropConnectionException(552, "5.3.4 Message is far too large");
        }
      }
    }

    @Override
    public void done() {}
  }
}
