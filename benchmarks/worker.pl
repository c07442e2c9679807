# Does po4a's work in one process: one JSON line in and one out, as worker.py does for Python tools.
use strict;
use warnings;
use JSON::PP;
use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC CLOCK_PROCESS_CPUTIME_ID);
use Locale::Po4a::Chooser;
use Locale::Po4a::TransTractor;

open( my $answers, '>&', \*STDOUT ) or die;
open( STDOUT, '>&', \*STDERR ) or die;
$answers->autoflush(1);

my %module = (
    html     => [ 'xhtml', {} ],
    markdown => [ 'text', { markdown => 1 } ],
    text     => [ 'text', {} ],
);

sub work {
    my ($job) = @_;
    my ( $name, $options ) = @{ $module{ $job->{format} } };
    my $document = Locale::Po4a::Chooser::new( $name, %$options );
    $document->{TT}{utf_mode} = 1;
    my %names = ( file_in_name => [ $job->{source} ], file_in_charset => $job->{charset} );
    if ( $job->{task} eq 'extract' ) {
        $document->process( %names, po_out_name => $job->{po} );
    } else {
        $document->process(
            %names,
            po_in_name       => [ $job->{po} ],
            file_out_name    => $job->{out},
            file_out_charset => $job->{charset}
        );
    }
}

sub peak {
    open( my $status, '<', '/proc/self/status' ) or return 0;
    while (<$status>) { return $1 / 1000 if /VmHWM:\s+(\d+)/ }
    return 0;
}

while ( my $line = <STDIN> ) {
    my $job = decode_json($line);
    my ( $wall, $cpu ) = ( clock_gettime(CLOCK_MONOTONIC), clock_gettime(CLOCK_PROCESS_CPUTIME_ID) );
    my %answer;
    eval { work($job); 1 } or $answer{error} = substr( "$@" || 'unknown', 0, 200 );
    $answer{wall} = clock_gettime(CLOCK_MONOTONIC) - $wall;
    $answer{cpu}  = clock_gettime(CLOCK_PROCESS_CPUTIME_ID) - $cpu;
    $answer{peak} = peak();
    $answer{total_cpu} = clock_gettime(CLOCK_PROCESS_CPUTIME_ID);
    print $answers encode_json( \%answer ), "\n";
}
