package dev.freshcut.jobstreams.store;

/** All that every job store does. A test class that implements this runs it. */
public interface JobStoreContract
    extends TakingContract,
        SettlingContract,
        LeasesContract,
        ReturningContract,
        KeepingContract,
        PlansContract,
        OperatingContract,
        ListsContract,
        FlowContract,
        SchedulesContract,
        BadInputContract {}
