package dev.freshcut.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Looks at a drawing as a program can: it must be XML, and nothing may lie outside the canvas. */
public final class SvgFile {
  private SvgFile() {}

  /** Fails unless the file is a well-formed drawing whose marks all lie on the canvas. */
  public static void check(Path file) throws Exception {
    Document svg = DocumentBuilderFactory.newNSInstance().newDocumentBuilder().parse(file.toFile());
    Element root = svg.getDocumentElement();
    assertThat(root.getLocalName()).isEqualTo("svg");
    double width = Double.parseDouble(root.getAttribute("width"));
    double height = Double.parseDouble(root.getAttribute("height"));
    NodeList marks = svg.getElementsByTagName("*");
    int drawn = 0;
    for (int i = 0; i < marks.getLength(); i++) {
      Element mark = (Element) marks.item(i);
      switch (mark.getLocalName()) {
        case "rect", "circle", "text", "line" -> {
          for (String x : new String[] {"x", "x1", "x2", "cx"}) {
            within(mark, x, width);
          }
          for (String y : new String[] {"y", "y1", "y2", "cy"}) {
            within(mark, y, height);
          }
          drawn++;
        }
        case "polyline" -> {
          for (String point : mark.getAttribute("points").split(" ", -1)) {
            String[] xy = point.split(",", -1);
            assertThat(Double.parseDouble(xy[0])).isBetween(0.0, width);
            assertThat(Double.parseDouble(xy[1])).isBetween(0.0, height);
          }
          drawn++;
        }
        default -> {}
      }
    }
    assertThat(drawn).isGreaterThan(8);
  }

  private static void within(Element mark, String attribute, double limit) {
    if (mark.hasAttribute(attribute)) {
      assertThat(Double.parseDouble(mark.getAttribute(attribute)))
          .as("%s of %s", attribute, mark.getLocalName())
          .isBetween(0.0, limit);
    }
  }
}
