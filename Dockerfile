# One file for the three services: docker build --build-arg SERVICE=task-service .
# It takes the runnable jar that `mvn -DskipTests package` has built.
ARG JAVA=eclipse-temurin:25-jre

FROM ${JAVA} AS jar
ARG SERVICE
WORKDIR /build
COPY ${SERVICE}/target/app/${SERVICE}.jar app.jar
# Plain jars beside each other start seconds faster than jars inside a jar.
RUN java -Djarmode=tools -jar app.jar extract --destination extracted

FROM ${JAVA}
# The directory is for the key of local mode; in other modes nothing is written.
RUN useradd --system --uid 10001 --no-create-home punctual \
 && mkdir /data \
 && chown punctual /data
USER punctual
VOLUME /data
WORKDIR /app
COPY --from=jar /build/extracted/lib lib
COPY --from=jar /build/extracted/app.jar app.jar
ENV JAVA_OPTS="" SERVER_PORT=8080
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=120s --retries=3 \
  CMD curl -fsS http://127.0.0.1:8080/actuator/health/readiness
# What follows the image's name is the program's: docker compose run --rm task-service schema info
ENTRYPOINT ["sh", "-c", "exec java -XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError $JAVA_OPTS -jar app.jar \"$@\"", "--"]
