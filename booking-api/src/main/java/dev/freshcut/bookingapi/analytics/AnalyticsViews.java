package dev.freshcut.bookingapi.analytics;

import dev.freshcut.bookingapi.coherence.View;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.type.TypeReference;

/** The cached views of figures. What depends on today has it in its key. */
@Configuration(proxyBeanMethods = false)
class AnalyticsViews {
  @Bean
  View<Dashboards.Key, DashboardView> dashboardView(View.Views views, Dashboards dashboards) {
    return views.of(
        "analytics-dashboard",
        new TypeReference<>() {},
        key -> new Object[] {key.locationId(), key.today()},
        dashboards::load);
  }

  @Bean
  View<Revenues.Key, RevenueView> revenueView(View.Views views, Revenues revenues) {
    return views.of(
        "analytics-revenue",
        new TypeReference<>() {},
        key ->
            new Object[] {
              key.period().locationId(), key.period().from(), key.period().to(), key.unit().text()
            },
        revenues::load);
  }

  @Bean
  View<Clients.Key, ClientsView> clientsView(View.Views views, Clients clients) {
    return views.of(
        "analytics-clients",
        new TypeReference<>() {},
        key ->
            new Object[] {
              key.period().locationId(),
              key.period().from(),
              key.period().to(),
              key.withinDays(),
              key.today()
            },
        clients::load);
  }

  @Bean
  View<Period, ServicesView> servicesView(View.Views views, ServiceFigures figures) {
    return views.of(
        "analytics-services", new TypeReference<>() {}, AnalyticsViews::segments, figures::load);
  }

  @Bean
  View<Period, BusinessView> businessView(View.Views views, BusinessFigures figures) {
    return views.of(
        "analytics-business", new TypeReference<>() {}, AnalyticsViews::segments, figures::load);
  }

  private static Object[] segments(Period period) {
    return new Object[] {period.locationId(), period.from(), period.to()};
  }
}
