#include "cli/archive/archive.h"
#include "cli/args/args.h"
#include "cli/sandbox/sandbox.h"
#include "cli/session/session.h"
#include "cli/term/term.h"

static int print_and_end(sb_bytes *text)
{
    sb_error err = {0};
    cli_print(text->data, text->size, &err);
    sb_bytes_finish(text);
    return err.status ? cli_fail(NULL, &err) : CLI_EXIT_OK;
}

static int run(cli_arguments *arguments, sb_error *err)
{
    sb_bytes text = {0};
    if (cli_has(arguments, CLI_OPT_VERSION)) {
        sb_bytes_print(&text, "soundbite %s\n", sb_version());
        return print_and_end(&text);
    }
    if (cli_has(arguments, CLI_OPT_HELP)) {
        cli_help_text(&text, arguments->command);
        return print_and_end(&text);
    }
    if (!arguments->command) {
        sb_error_set(err, SB_ERR_ARGUMENT, "no command was given; see 'soundbite --help'");
        return cli_fail(NULL, err);
    }
    cli_context context;
    cli_sandbox sandbox = {0};
    cli_context_init(&context, arguments);
    bool fails = cli_sandbox_enter(&sandbox, &context, err) ||
                 cli_operands_settle(&context, arguments, err) || cli_arguments_check(arguments, err) ||
                 cli_archive_check_given(&context, err) || cli_tuning_read(&context.tuning, arguments, err) ||
                 cli_names_read(&context.names, arguments, err);
    int code = fails ? cli_fail(&context, err) : arguments->command->run(&context);
    cli_context_finish(&context);
    cli_sandbox_leave(&sandbox);
    return code;
}

int main(int argc, char **argv)
{
    cli_standard_hold();
    cli_signals_install();
    sb_error err = {0};
    cli_arguments arguments;
    int code =
        cli_arguments_read(&arguments, argc, argv, &err) ? cli_fail(NULL, &err) : run(&arguments, &err);
    sb_error unprinted = {0};
    if (cli_print_end(&unprinted)) {
        int failed = cli_fail(NULL, &unprinted);
        code = code ? code : failed;
    }
    cli_arguments_finish(&arguments);
    cli_signals_end();
    return code;
}
