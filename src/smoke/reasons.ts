/** First words of failures in which nothing was asked: attribution tells them from answers by these. */

/** A clean-up for which no request could be sent. */
export const NOT_TRIED = "not tried: ";

export const NO_DATABASE = "SQL steps need the application's database: give --database-url or set DATABASE_URL";
