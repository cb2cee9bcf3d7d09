package io.haulwatch.console.port;

import io.haulwatch.store.file.CourseVideoFiles;

/**
 * Everything that the console is connected to, besides its database.
 *
 * @param fleet newest state of each vehicle
 * @param episodes the stream of what the rules find
 * @param drivingClock how long somebody has been driving
 * @param driverCards whose card is in which truck
 * @param drivenTimes when drivers drove
 * @param commands the gateway's desk for commands
 * @param operations how the running system is
 * @param door whom the gateway did not let in
 * @param rules what the rules judge by
 * @param parameters what can be set in a terminal
 * @param diaries what the gateway remembers of each terminal
 * @param files what terminals sent that is too large for the database
 * @param attachments scans and photos that people attach
 * @param videos of courses
 */
public record ConsolePorts(
        FleetSource fleet,
        EpisodeSource episodes,
        DrivingClock drivingClock,
        DriverCards driverCards,
        DrivenTimes drivenTimes,
        CommandDesk commands,
        OperationsStatus operations,
        TerminalDoor door,
        RulesInForce rules,
        ParameterBook parameters,
        TerminalDiaries diaries,
        StoredFiles files,
        AttachmentStore attachments,
        CourseVideoFiles videos) {}
