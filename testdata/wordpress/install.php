<?php
// Installs WordPress into the copy that is the working directory and fills it
// with posts: php install.php ADDRESS POSTS THEME, posts as a JSON file of
// {title, lead, paragraphs, at, author, tags}.
[, $address, $posts, $theme] = $argv;
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = parse_url($address, PHP_URL_HOST) . ':' . parse_url($address, PHP_URL_PORT);
$_SERVER['SERVER_NAME'] = parse_url($address, PHP_URL_HOST);
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require getcwd() . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter('pre_wp_mail', '__return_true');
define('WP_SITEURL', $address);
wp_install('Tuyên truyền tỉnh', 'nobody', 'nobody@example.com', true, '', wp_generate_password());
update_option('siteurl', $address);
update_option('home', $address);
update_option('timezone_string', 'Asia/Ho_Chi_Minh');
update_option('posts_per_page', 5);
update_option('date_format', 'd/m/Y');
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
switch_theme($theme);
wp_delete_post(1, true);
foreach (json_decode(file_get_contents($posts), true) as $p) {
    $user = get_user_by('login', md5($p['author']));
    $author = $user ? $user->ID : wp_insert_user(['user_login' => md5($p['author']), 'user_pass' => wp_generate_password(), 'display_name' => $p['author'], 'role' => 'author']);
    $category = wp_insert_term('Hoạt động', 'category', ['slug' => 'hoat-dong']);
    $category = is_wp_error($category) ? get_term_by('slug', 'hoat-dong', 'category')->term_id : $category['term_id'];
    $id = wp_insert_post([
        'post_title' => $p['title'], 'post_status' => 'publish', 'post_author' => $author, 'post_date' => $p['at'],
        'post_excerpt' => $p['lead'], 'post_category' => [$category], 'tags_input' => $p['tags'],
        'post_content' => implode("\n\n", array_map(fn ($s) => "<!-- wp:paragraph -->\n<p>$s</p>\n<!-- /wp:paragraph -->", array_merge([$p['lead']], $p['paragraphs']))),
    ], true);
    if (is_wp_error($id)) {
        fwrite(STDERR, $id->get_error_message() . "\n");
        exit(1);
    }
}
flush_rewrite_rules();
